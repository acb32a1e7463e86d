package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes feed items into the index. When an item changes whose texts are shown inside others (a
 * sector's label in its companies, a company's name in the Factory that it leads), those are
 * written again; their own revision stays.
 */
final class IndexWriting {
  private static final Logger LOG = Logger.getLogger(IndexWriting.class);

  /** So many items are written side by side; a few are not worth waking other threads. */
  private static final int SIDE_BY_SIDE = 500;

  private final Visibility side;
  private final IndexWriter writer;
  private final Map<String, IndexedType> types;
  private final Set<String> labelTypes;
  private final Set<String> otherTypes;
  private final ObjectMapper mapper;

  /** Documents of the label types, by key: small, and needed for every company. */
  private final Map<String, JsonNode> labels = new HashMap<>();

  /** A copy of the labels that snapshots share; null once they have changed since. */
  private @Nullable Map<String, JsonNode> published;

  /** Items that could not be indexed. */
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  IndexWriting(Visibility side, IndexWriter writer, List<IndexedType> types, ObjectMapper mapper)
      throws IOException {
    this.side = side;
    this.writer = writer;
    this.types = types.stream().collect(Collectors.toMap(IndexedType::type, Function.identity()));
    this.labelTypes = types(types, IndexedType::isLabel);
    this.otherTypes = types(types, type -> !type.isLabel());
    this.mapper = mapper;
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      new StoredItems(reader, mapper).ofTypes(labelTypes, this::keepLabel);
    }
  }

  private static Set<String> types(List<IndexedType> types, Predicate<IndexedType> which) {
    return types.stream()
        .filter(which)
        .map(IndexedType::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  IndexWriter writer() {
    return writer;
  }

  /** The items of the label types as they are now; later changes do not show in it. */
  LabelItems labels() {
    if (published == null) {
      published = Map.copyOf(labels);
    }
    return new LabelItems(published);
  }

  /** False once a failed write made Lucene give up the writer. */
  boolean isOpen() {
    return writer.isOpen();
  }

  /** Empties the index, to build it anew. */
  void clear() throws IOException {
    writer.deleteAll();
    labels.clear();
    published = null;
    missing.clear();
  }

  /** Applies what changed after a revision; returns how many items that were. */
  long apply(ChangeFeed.View view, long after) throws IOException {
    Batch batch = new Batch(usedKeys());
    List<FeedItem> labelItems = new ArrayList<>();
    view.changesAfter(after, labelTypes, labelItems::add);
    labelItems.forEach(this::keepLabel);
    labelItems.forEach(batch::add);
    view.changesAfter(after, otherTypes, batch::add);
    batch.writeAdded();
    batch.writeUsers();
    return batch.items;
  }

  private Set<String> usedKeys() throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      return new StoredItems(reader, mapper).usedKeys();
    }
  }

  private void keepLabel(FeedItem item) {
    String key = Fields.key(item.type(), item.id());
    JsonNode document = item.document();
    published = null;
    if (document == null) {
      labels.remove(key);
    } else {
      labels.put(key, document);
    }
  }

  private void write(FeedItem item, Labels labels, TextFields texts) {
    String key = Fields.key(item.type(), item.id());
    Term term = new Term(Fields.KEY, key);
    JsonNode document = item.document();
    IndexedType type = types.get(item.type());
    try {
      if (document == null || type == null) {
        writer.deleteDocuments(term);
        missing.remove(key);
        return;
      }
      Document rendered = tryRender(type, item, document, labels, texts);
      if (rendered == null) {
        writer.deleteDocuments(term);
        return;
      }
      writer.updateDocument(term, rendered);
      missing.remove(key);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One item that cannot be shown must not keep all others from being followed. */
  private @Nullable Document tryRender(
      IndexedType type, FeedItem item, JsonNode document, Labels labels, TextFields texts) {
    try {
      return render(type, item, document, labels, texts);
    } catch (UncheckedIOException failure) {
      throw failure;
    } catch (RuntimeException defect) {
      LOG.errorf(
          defect,
          "%s %s of revision %d cannot be indexed",
          item.type(),
          item.id(),
          item.revision());
      missing.add(Fields.key(item.type(), item.id()));
      return null;
    }
  }

  Set<String> missingItems() {
    return missing;
  }

  private Document render(
      IndexedType type, FeedItem item, JsonNode document, Labels labels, TextFields texts) {
    IndexEntry entry = new IndexEntry(item, side, mapper, texts);
    type.index(item, document, labels, entry);
    return entry.document();
  }

  /** Whether the stored representations of an item are what would be written today. */
  boolean isRenderedAsOfNow(FeedItem item, StoredItems stored) {
    IndexedType type = types.get(item.type());
    JsonNode document = item.document();
    if (type == null || document == null) {
      return false;
    }
    Document now =
        render(type, item, document, (kind, id) -> find(stored, kind, id), new TextFields());
    return Arrays.stream(Language.values())
        .allMatch(
            language ->
                isSame(JsonColumn.of(now, Fields.body(language)), stored.body(item, language)));
  }

  private static boolean isSame(@Nullable RawJson one, @Nullable RawJson other) {
    return one != null && other != null && Arrays.equals(one.utf8(), other.utf8());
  }

  private @Nullable JsonNode find(StoredItems stored, String type, String id) {
    String key = Fields.key(type, id);
    if (labelTypes.contains(type)) {
      return labels.get(key);
    }
    FeedItem item = stored.find(key);
    return item == null ? null : item.document();
  }

  /** One run over the feed: what it wrote, and what has to be written again because of that. */
  private final class Batch {
    private final Set<String> used;
    private final Set<String> changedAndUsed = ConcurrentHashMap.newKeySet();
    private final Map<String, FeedItem> showingOthers = new ConcurrentHashMap<>();
    private final TextFields texts = new TextFields();
    private final List<FeedItem> added = new ArrayList<>();
    private long items;

    Batch(Set<String> used) {
      this.used = used;
    }

    /** Each item is handed over once, so that their order does not matter. */
    void add(FeedItem item) {
      items++;
      added.add(item);
      if (added.size() == SIDE_BY_SIDE) {
        writeSideBySide();
      }
    }

    /** Returns, or fails, with no thread left that writes: the next try must find none. */
    private void writeSideBySide() {
      Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
      added.parallelStream()
          .forEach(
              item -> {
                try {
                  if (failures.isEmpty()) {
                    write(item);
                  }
                } catch (RuntimeException | Error failure) {
                  failures.add(failure);
                }
              });
      added.clear();
      Throwable first = failures.peek();
      if (first instanceof Error error) {
        throw error;
      } else if (first instanceof RuntimeException failure) {
        throw failure;
      }
    }

    void writeAdded() {
      added.forEach(this::write);
      added.clear();
    }

    private void write(FeedItem item) {
      String key = Fields.key(item.type(), item.id());
      if (used.contains(key)) {
        changedAndUsed.add(key);
      }
      IndexWriting.this.write(
          item,
          (type, id) -> {
            if (!labelTypes.contains(type)) {
              showingOthers.put(key, item); // the other may not be written yet
            }
            return labels.get(Fields.key(type, id));
          },
          texts);
    }

    void writeUsers() throws IOException {
      if (changedAndUsed.isEmpty() && showingOthers.isEmpty()) {
        return;
      }
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        StoredItems stored = new StoredItems(reader, mapper);
        Labels others = (type, id) -> find(stored, type, id);
        showingOthers.values().forEach(item -> IndexWriting.this.write(item, others, texts));
        stored.using(changedAndUsed, item -> IndexWriting.this.write(item, others, texts));
      }
    }
  }
}
