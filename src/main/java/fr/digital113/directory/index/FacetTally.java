package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** How many items a query finds, and how many of them have each value of some facets. */
final class FacetTally implements Collector {
  private static final int AT_ONCE =
      2048; // documents; what their counting needs stays in the cache

  private final List<String> facets;
  private final int[][] counts;
  private long total;

  private FacetTally(List<String> facets) {
    this.facets = facets;
    counts = new int[facets.size()][];
    Arrays.setAll(counts, i -> new int[FacetColumn.values(facets.get(i)).size()]);
  }

  /** Of the facets with these names. */
  static CollectorManager<FacetTally, FacetTally> of(List<String> facets) {
    return new CollectorManager<>() {
      @Override
      public FacetTally newCollector() {
        return new FacetTally(facets);
      }

      @Override
      public FacetTally reduce(Collection<FacetTally> tallies) {
        FacetTally sum = new FacetTally(facets);
        tallies.forEach(sum::add);
        return sum;
      }
    };
  }

  private void add(FacetTally other) {
    total += other.total;
    for (int facet = 0; facet < counts.length; facet++) {
      int[] theirs = other.counts[facet];
      counts[facet] = Arrays.copyOf(counts[facet], Math.max(counts[facet].length, theirs.length));
      for (int i = 0; i < theirs.length; i++) {
        counts[facet][i] += theirs[i];
      }
    }
  }

  long total() {
    return total;
  }

  /** About the bytes that it takes. */
  long size() {
    return Arrays.stream(counts).mapToLong(each -> (long) each.length * Integer.BYTES).sum();
  }

  /** Counts of a facet, by the number of the value; numbers that are beyond its end have none. */
  int[] counts(String facet) {
    return counts[facets.indexOf(facet)];
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
    List<FacetColumn> columns = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      columns.add(FacetColumn.of(context.reader(), facets.get(i)));
      // The column may have met new values.
      int values = FacetColumn.values(facets.get(i)).size();
      counts[i] = Arrays.copyOf(counts[i], Math.max(values, counts[i].length));
    }
    return new LeafCollector() {
      private final int[] documents = new int[AT_ONCE];
      private int size;

      @Override
      public void setScorer(Scorable scorer) {}

      @Override
      public void collect(int document) {
        documents[size++] = document;
        if (size == AT_ONCE) {
          finish();
        }
      }

      @Override
      public void finish() {
        for (int i = 0; i < counts.length; i++) {
          columns.get(i).count(documents, size, counts[i]);
        }
        total += size;
        size = 0;
      }
    };
  }
}
