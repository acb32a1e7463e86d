package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.digital113.directory.changes.LogPosition;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.RamUsageEstimator;
import org.jspecify.annotations.Nullable;

/**
 * One side of the directory at one revision. Everything read from one snapshot agrees: pages,
 * totals, items.
 *
 * <p>Get one from {@link DirectoryIndex} and close it, which only gives it back.
 */
public final class Snapshot implements AutoCloseable {
  /** Of the queries whose totals are remembered, and of those whose facets are. */
  private static final long MOST_BYTES = 16L << 20;

  private final Visibility side;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final IndexState state;
  private final LabelItems labels;
  private final Version version;
  private final Cache<Query, Integer> totals =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Query query, Integer total) -> size(query, 0))
          .executor(Runnable::run) // requests add to it: a thread would be woken for each
          .build();
  private final Cache<Tallied, FacetTally> tallies =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Tallied tallied, FacetTally tally) -> size(tallied.query(), tally.size()))
          .executor(Runnable::run)
          .build();
  private final ConcurrentMap<String, String> namedLabels = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ConcurrentMap<Integer, Object>> readings =
      new ConcurrentHashMap<>();

  Snapshot(Visibility side, DirectoryReader reader, IndexState state, LabelItems labels) {
    this.side = side;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    searcher.setQueryCache(RememberedFilters.CACHE);
    searcher.setQueryCachingPolicy(RememberedFilters.POLICY);
    this.state = state;
    this.labels = labels;
    String key = state.epoch().substring(0, 8) + '.' + IndexState.VERSION;
    this.version =
        side == Visibility.PRIVATE
            ? new Version(state.revision(), key + ".private", true)
            : new Version(state.publicRevision(), key);
  }

  /** Whether it holds what is not for everybody; its answers are for the team and owners only. */
  public boolean isPrivate() {
    return side == Visibility.PRIVATE;
  }

  /** The newest revision with a change that this snapshot shows. */
  public long revision() {
    return version.revision();
  }

  /** What an answer read from this snapshot is validated by. */
  public Version version() {
    return version;
  }

  /**
   * What an answer about a past day is validated by: it moves with what the public of today does
   * not see, such as the end of a term or membership that was entered late.
   */
  public Version versionOfThePast() {
    return new Version(state.revision(), version.key() + ".past", false);
  }

  /** When the newest public revision that it holds was committed. */
  public Instant changedAt() {
    return state.publicAt();
  }

  /** What cursors are bound to: those of one side, or of one epoch, are none of another. */
  String sequence() {
    return isPrivate() ? state.epoch() + " private" : state.epoch();
  }

  /** Names the way in which this program indexes and understands texts. */
  public String edition() {
    return IndexState.VERSION;
  }

  /** The newest revision, public or not, that this snapshot holds. */
  public long appliedRevision() {
    return state.revision();
  }

  /** The state of the database that it shows: whatever else is read for it must be no older. */
  public LogPosition position() {
    return state.position();
  }

  /** The epoch of the database that the revisions belong to. */
  public String epoch() {
    return state.epoch();
  }

  /**
   * The items of the types that others show texts of, in memory: sectors, territories, Factories.
   */
  public LabelItems labels() {
    return labels;
  }

  /**
   * The id of the item that a reference names. Of the {@link #labels() small types}, which filters
   * name in almost every request, it is looked up once.
   */
  @Nullable String named(String type, String ref) throws IOException {
    String key = Fields.ref(type, ref);
    String known = namedLabels.get(key);
    if (known != null) {
      return known;
    }
    int number = Items.number(this, type, ref);
    if (number == Items.ABSENT) {
      return null;
    }
    String id = OrderOfFiles.id(reader, number);
    if (labels.find(type, id) != null) {
      namedLabels.put(key, id);
    }
    return id;
  }

  private record Tallied(Query query, List<String> facets) {}

  /** Anybody may ask for twenty words with mistakes, which take megabytes. */
  private static int size(Query query, long answer) {
    return (int) Math.min(Integer.MAX_VALUE, RamUsageEstimator.sizeOf(query) + answer);
  }

  /**
   * How many items a query finds: counted when it is asked for first, as pages follow each other.
   */
  int total(Query query) {
    return totals.get(
        query,
        counted -> {
          try {
            return searcher.count(counted);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  /** Whether {@link #total} needs no counting. */
  boolean knowsTotal(Query query) {
    return totals.getIfPresent(query) != null;
  }

  /** Keeps a total that was counted on the way. */
  void keepTotal(Query query, int total) {
    totals.put(query, total);
  }

  /** The bytes that remembered totals and their queries take, about. */
  long remembered() {
    return totals.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  /** How many there are, and how many of each value of some facets; counted once as well. */
  FacetTally tally(Query query, List<String> facets) {
    return tallies.get(
        new Tallied(query, facets),
        counted -> {
          try {
            return searcher.search(query, FacetTally.of(facets));
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  /** What was read out of an item in one language; {@code read} when it is asked for first. */
  <T> T reading(Class<T> type, Language language, int number, Supplier<T> read) {
    return type.cast(
        readings
            .computeIfAbsent(type.getName() + language, each -> new ConcurrentHashMap<>())
            .computeIfAbsent(number, each -> read.get()));
  }

  /** How many documents, deleted ones included, keep a text that a test of type and text knows. */
  long countStored(BiPredicate<String, String> test) throws IOException {
    StoredItems items = new StoredItems(reader, new ObjectMapper());
    List<JsonColumn> bodies =
        Stream.of(Language.values())
            .map(language -> new JsonColumn(reader, Fields.body(language)))
            .toList();
    long count = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      StoredFields stored = leaf.reader().storedFields();
      for (int number = 0; number < leaf.reader().maxDoc(); number++) {
        Document document = stored.document(number);
        List<String> texts = new ArrayList<>();
        for (IndexableField field : document) {
          BytesRef bytes = field.binaryValue();
          texts.add(bytes == null ? field.stringValue() : bytes.utf8ToString());
        }
        texts.add(String.valueOf(items.load(leaf.docBase + number).document()));
        for (JsonColumn each : bodies) {
          texts.add(Objects.toString(each.find(leaf.docBase + number), ""));
        }
        String type = document.get(Fields.TYPE);
        count += texts.stream().anyMatch(text -> test.test(type, text)) ? 1 : 0;
      }
    }
    return count;
  }

  IndexSearcher searcher() {
    return searcher;
  }

  DirectoryReader reader() {
    return reader;
  }

  /** Takes it once more, for somebody who closes it later. */
  Snapshot retain() {
    reader.incRef();
    return this;
  }

  boolean tryAcquire() {
    return reader.tryIncRef();
  }

  @Override
  public void close() {
    try {
      reader.decRef();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
