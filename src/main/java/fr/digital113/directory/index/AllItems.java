package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Reads every item that a query finds at once: for types that are few. */
public final class AllItems {
  private AllItems() {}

  /**
   * What is read out of each of them, in no order. A snapshot keeps it, so that an item is read
   * once however often it is asked for.
   *
   * @param type names what is read, with the language
   * @param reading of the representation in that language
   */
  public static <T> List<T> readings(
      Snapshot snapshot,
      Query query,
      Language language,
      Class<T> type,
      Function<RawJson, T> reading) {
    List<T> all = new ArrayList<>();
    try {
      JsonColumn bodies = new JsonColumn(snapshot.reader(), Fields.body(language));
      for (int number : numbers(snapshot, query)) {
        Supplier<T> read =
            () -> {
              try {
                return reading.apply(bodies.get(number));
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            };
        all.add(snapshot.reading(type, language, number, read));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return all;
  }

  /** All of them as the change log has them, in the order of their ids. */
  public static List<FeedItem> documents(Snapshot snapshot, Query query, ObjectMapper mapper) {
    StoredItems stored = new StoredItems(snapshot.reader(), mapper);
    List<FeedItem> items = new ArrayList<>();
    try {
      for (int number : numbers(snapshot, query)) {
        items.add(stored.load(number));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    items.sort(Comparator.comparing(FeedItem::id));
    return items;
  }

  private static List<Integer> numbers(Snapshot snapshot, Query query) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    snapshot
        .searcher()
        .search(
            query.filter(),
            new SimpleCollector() {
              private int base;

              @Override
              public ScoreMode scoreMode() {
                return ScoreMode.COMPLETE_NO_SCORES;
              }

              @Override
              protected void doSetNextReader(LeafReaderContext leaf) {
                base = leaf.docBase;
              }

              @Override
              public void collect(int document) {
                numbers.add(base + document);
              }
            });
    return numbers;
  }
}
