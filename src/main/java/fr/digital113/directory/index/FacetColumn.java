package fr.digital113.directory.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The values of one facet in one segment of the index, in memory as numbers: reading them from
 * Lucene's files costs ten times what counting them does. A segment never changes, so that its
 * columns are made once, when they are first asked for, and go with it.
 *
 * <p>Values have the same numbers in all segments, those of {@link Values}, so that counts of
 * segments need no merging.
 */
final class FacetColumn {
  private static final Map<IndexReader.CacheKey, Map<String, FacetColumn>> COLUMNS =
      new ConcurrentHashMap<>();
  private static final Map<String, Values> VALUES = new ConcurrentHashMap<>();

  /** Where the values of each document begin; empty when each has one at most. */
  private final int[] starts;

  /** Numbers of values; 0 for none. One of the two is used: most facets have few values. */
  private final char[] narrow;

  private final int[] wide;

  private FacetColumn(int[] starts, int[] numbers, int size) {
    this.starts = starts;
    boolean fits = Arrays.stream(numbers, 0, size).allMatch(each -> each <= Character.MAX_VALUE);
    narrow = new char[fits ? size : 0];
    wide = fits ? new int[0] : Arrays.copyOf(numbers, size);
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (char) numbers[i];
    }
  }

  /** The numbers of the values of one facet, 1 and up, as they were met first by this process. */
  static final class Values {
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<String> names = new CopyOnWriteArrayList<>(List.of(""));

    int number(String value) {
      Integer known = numbers.get(value);
      return known == null ? add(value) : known;
    }

    private synchronized int add(String value) {
      return numbers.computeIfAbsent(
          value,
          added -> {
            names.add(added);
            return names.size() - 1;
          });
    }

    String name(int number) {
      return names.get(number);
    }

    /** One more than the highest number. */
    int size() {
      return names.size();
    }
  }

  static Values values(String facet) {
    return VALUES.computeIfAbsent(facet, each -> new Values());
  }

  /** The column of a facet in a segment. */
  static FacetColumn of(LeafReader segment, String facet) throws IOException {
    IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
    if (helper == null) {
      return read(segment, facet);
    }
    Map<String, FacetColumn> columns = COLUMNS.get(helper.getKey());
    if (columns == null) {
      columns = new ConcurrentHashMap<>();
      Map<String, FacetColumn> other = COLUMNS.putIfAbsent(helper.getKey(), columns);
      if (other == null) {
        helper.addClosedListener(COLUMNS::remove);
      } else {
        columns = other;
      }
    }
    FacetColumn column = columns.get(facet);
    if (column == null) {
      column = read(segment, facet); // two threads may read it: no reader waits for another
      columns.put(facet, column);
    }
    return column;
  }

  private static FacetColumn read(LeafReader segment, String facet) throws IOException {
    SortedSetDocValues stored = DocValues.getSortedSet(segment, Fields.facet(facet));
    Values values = values(facet);
    int[] numbers = new int[Math.toIntExact(stored.getValueCount())];
    for (int ordinal = 0; ordinal < numbers.length; ordinal++) {
      numbers[ordinal] = values.number(stored.lookupOrd(ordinal).utf8ToString());
    }
    boolean single = DocValues.unwrapSingleton(stored) != null;
    int documents = segment.maxDoc();
    int[] starts = new int[single ? 0 : documents + 1];
    int[] found = new int[documents];
    int size = single ? documents : 0;
    int last = -1;
    for (int doc = stored.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = stored.nextDoc()) {
      if (single) {
        found[doc] = numbers[(int) stored.nextOrd()];
        continue;
      }
      Arrays.fill(starts, last + 1, doc + 1, size);
      last = doc;
      for (int i = stored.docValueCount(); i > 0; i--) {
        if (size == found.length) {
          found = Arrays.copyOf(found, 2 * size);
        }
        found[size++] = numbers[(int) stored.nextOrd()];
      }
    }
    if (!single) {
      Arrays.fill(starts, last + 1, documents + 1, size);
    }
    return new FacetColumn(starts, found, size);
  }

  /** Adds the values of some documents to {@code counts}, which is by number. */
  void count(int[] documents, int size, int[] counts) {
    boolean isNarrow = wide.length == 0;
    for (int i = 0; i < size; i++) {
      int document = documents[i];
      int from = starts.length == 0 ? document : starts[document];
      int to = starts.length == 0 ? document + 1 : starts[document + 1];
      for (int at = from; at < to; at++) {
        counts[isNarrow ? narrow[at] : wide[at]]++;
      }
    }
  }
}
