package fr.digital113.directory.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Counts items by the values of facets, each combination once: an item with several values counts
 * in each of them, and once in every total.
 */
public final class CrossTable {
  private static final int TOTAL = 0;
  private static final int NONE = 1;
  private static final int FIRST_VALUE = 2;

  private final List<@Nullable SortedSetDocValues> facets;
  private final long[] strides;

  /** One place for each combination. */
  private final int[] counts;

  private CrossTable(List<@Nullable SortedSetDocValues> facets) {
    this.facets = facets;
    this.strides = new long[facets.size()];
    long places = 1;
    for (int i = facets.size() - 1; i >= 0; i--) {
      strides[i] = places;
      places = Math.multiplyExact(places, size(facets.get(i)));
    }
    this.counts = new int[Math.toIntExact(places)];
  }

  private static long size(@Nullable SortedSetDocValues facet) {
    return FIRST_VALUE + (facet == null ? 0 : facet.getValueCount());
  }

  /**
   * Takes one combination.
   *
   * @see #count
   */
  public interface Consumer {
    /**
     * @param values for each facet a value, null for the total, empty for items without any
     */
    void accept(List<@Nullable String> values, long items);
  }

  /**
   * Counts what a query finds, by the values that {@link IndexEntry#facet} indexed. Combinations
   * that no item has are left out; the caller keeps the number of possible ones small.
   */
  public static void count(Snapshot snapshot, Query query, List<String> facets, Consumer consumer) {
    try {
      List<@Nullable SortedSetDocValues> values = new ArrayList<>();
      for (String facet : facets) {
        values.add(MultiDocValues.getSortedSetValues(snapshot.reader(), Fields.facet(facet)));
      }
      CrossTable table = new CrossTable(values);
      snapshot.searcher().search(query.filter(), table.new Collector());
      table.tell(consumer);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void tell(Consumer consumer) throws IOException {
    for (int place = 0; place < counts.length; place++) {
      if (counts[place] > 0) {
        List<@Nullable String> values = new ArrayList<>();
        long rest = place;
        for (int i = 0; i < strides.length; i++) {
          values.add(value(i, rest / strides[i]));
          rest %= strides[i];
        }
        consumer.accept(values, counts[place]);
      }
    }
  }

  private @Nullable String value(int facet, long number) throws IOException {
    SortedSetDocValues values = facets.get(facet);
    if (number == TOTAL) {
      return null;
    }
    return number == NONE || values == null
        ? ""
        : values.lookupOrd(number - FIRST_VALUE).utf8ToString();
  }

  private final class Collector extends SimpleCollector {
    private final long[][] numbers = new long[facets.size()][4];
    private final int[] sizes = new int[facets.size()];
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
    public void collect(int document) throws IOException {
      for (int i = 0; i < numbers.length; i++) {
        read(i, base + document);
      }
      add(0, 0);
    }

    /** The total, and each value or none. */
    private void read(int facet, int document) throws IOException {
      sizes[facet] = 0;
      keep(facet, TOTAL);
      SortedSetDocValues values = facets.get(facet);
      if (values == null || !values.advanceExact(document)) {
        keep(facet, NONE);
        return;
      }
      for (int i = 0; i < values.docValueCount(); i++) {
        keep(facet, FIRST_VALUE + values.nextOrd());
      }
    }

    private void keep(int facet, long number) {
      if (sizes[facet] == numbers[facet].length) {
        numbers[facet] = Arrays.copyOf(numbers[facet], 2 * sizes[facet]);
      }
      numbers[facet][sizes[facet]++] = number;
    }

    private void add(int facet, long place) {
      if (facet == numbers.length) {
        counts[(int) place]++;
        return;
      }
      for (int i = 0; i < sizes[facet]; i++) {
        add(facet + 1, place + numbers[facet][i] * strides[facet]);
      }
    }
  }
}
