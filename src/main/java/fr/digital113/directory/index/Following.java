package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Visibility;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What copies of the directory are made of: the items that a query finds, by id, and which of some
 * items, today's or former ones, it finds.
 */
@Singleton
public class Following {
  private static final Sort BY_ID = new Sort(new SortField(Fields.ID, SortField.Type.STRING));

  private final Map<String, IndexedType> types;
  private final ObjectMapper mapper;

  @Inject
  Following(@Any Instance<IndexedType> types, ObjectMapper mapper) {
    this.types =
        types.stream()
            .filter(IndexedType::isFollowed)
            .collect(Collectors.toMap(IndexedType::type, Function.identity()));
    this.mapper = mapper;
  }

  /** The types that can be followed. */
  public Set<String> types() {
    return types.keySet();
  }

  /** An item as copies have it: codes, and texts in all languages. */
  public ObjectNode data(FeedItem item, JsonNode document, Labels labels) {
    IndexedType type = types.get(item.type());
    if (type == null) {
      throw new IllegalArgumentException(item.type());
    }
    return type.followed(item, document, labels);
  }

  /**
   * The items that a query finds, in the order of their ids.
   *
   * @param after the id behind which to begin; null for the first
   */
  public List<FeedItem> page(Snapshot snapshot, Query query, @Nullable String after, int limit) {
    try {
      FieldDoc place =
          after == null
              ? null
              : new FieldDoc(
                  Math.max(0, snapshot.reader().maxDoc() - 1),
                  Float.NaN,
                  new Object[] {new BytesRef(after)});
      ScoreDoc[] hits =
          snapshot.searcher().searchAfter(place, query.filter(), limit, BY_ID).scoreDocs;
      StoredItems stored = new StoredItems(snapshot.reader(), mapper);
      List<FeedItem> items = new ArrayList<>(hits.length);
      for (ScoreDoc hit : hits) {
        items.add(stored.load(hit.doc));
      }
      return items;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Which of these items of one type a query finds in a snapshot. */
  public Set<String> found(Snapshot snapshot, Query query, String type, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : found(
            snapshot.searcher(),
            query.andAnyOf(ids.stream().map(id -> Fields.key(type, id)).toList()),
            ids.size());
  }

  /** Which of these former states of items a query would have found; texts of others as of now. */
  public Set<String> wouldFind(Snapshot snapshot, Query query, List<FeedItem> states) {
    if (states.isEmpty()) {
      return Set.of();
    }
    try (var directory = new ByteBuffersDirectory();
        var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      TextFields texts = new TextFields();
      for (FeedItem state : states) {
        IndexedType type = types.get(state.type());
        JsonNode document = state.document();
        if (type != null && document != null) {
          IndexEntry entry = new IndexEntry(state, Visibility.PUBLIC, mapper, texts);
          type.index(state, document, snapshot.labels(), entry);
          writer.addDocument(entry.document());
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        return found(new IndexSearcher(reader), query.filter(), states.size());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Set<String> found(
      IndexSearcher searcher, org.apache.lucene.search.Query query, int most) {
    try {
      Set<String> ids = new HashSet<>();
      for (ScoreDoc hit : searcher.search(query, most).scoreDocs) {
        ids.add(OrderOfFiles.id(searcher.getIndexReader(), hit.doc));
      }
      return ids;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
