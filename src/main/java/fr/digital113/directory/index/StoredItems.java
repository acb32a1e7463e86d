package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads the feed items back from an index: each entry keeps the item that it was made of. */
final class StoredItems {
  /** A feed item as it is kept: all that is needed to make it again. */
  record Source(String type, String id, long revision, String updatedAt, JsonNode document) {
    static Source of(FeedItem item) {
      return new Source(
          item.type(),
          item.id(),
          item.revision(),
          item.updatedAt().toString(),
          Objects.requireNonNull(item.document()));
    }
  }

  private final IndexReader reader;
  private final IndexSearcher searcher;
  private final ObjectMapper mapper;
  private final JsonColumn sources;

  StoredItems(IndexReader reader, ObjectMapper mapper) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.mapper = mapper;
    this.sources = new JsonColumn(reader, Fields.SOURCE);
  }

  /** The item with a key, or null. */
  @Nullable FeedItem find(String key) {
    try {
      TopDocs found = searcher.search(new TermQuery(new Term(Fields.KEY, key)), 1);
      return found.scoreDocs.length == 0 ? null : load(found.scoreDocs[0].doc);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The stored representation of an item; null when the item is not there. */
  @Nullable RawJson body(FeedItem item, Language language) {
    try {
      String key = Fields.key(item.type(), item.id());
      TopDocs found = searcher.search(new TermQuery(new Term(Fields.KEY, key)), 1);
      return found.scoreDocs.length == 0
          ? null
          : new JsonColumn(reader, Fields.body(language)).find(found.scoreDocs[0].doc);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All items of some types. */
  void ofTypes(Collection<String> types, Consumer<FeedItem> consumer) throws IOException {
    forEach(anyOf(Fields.TYPE, types), consumer);
  }

  /** All items that show texts of one of these. */
  void using(Collection<String> keys, Consumer<FeedItem> consumer) throws IOException {
    forEach(anyOf(Fields.USES, keys), consumer);
  }

  /** The keys of all items whose texts are shown inside others. */
  Set<String> usedKeys() throws IOException {
    Set<String> keys = new HashSet<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = leaf.reader().terms(Fields.USES);
      if (terms == null) {
        continue;
      }
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        keys.add(term.utf8ToString());
      }
    }
    return keys;
  }

  private static Query anyOf(String field, Collection<String> values) {
    List<BytesRef> terms = values.stream().map(BytesRef::new).toList();
    return new TermInSetQuery(field, terms);
  }

  private void forEach(Query query, Consumer<FeedItem> consumer) throws IOException {
    searcher.search(
        query,
        new SimpleCollector() {
          private int base;

          @Override
          protected void doSetNextReader(LeafReaderContext context) {
            base = context.docBase;
          }

          @Override
          public void collect(int doc) throws IOException {
            consumer.accept(load(base + doc));
          }

          @Override
          public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
          }
        });
  }

  FeedItem load(int doc) throws IOException {
    JsonNode source = mapper.readTree(sources.get(doc).utf8());
    return new FeedItem(
        source.path("type").textValue(),
        source.path("id").textValue(),
        source.path("revision").longValue(),
        Instant.parse(source.path("updatedAt").textValue()),
        source.path("document"));
  }
}
