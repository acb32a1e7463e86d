package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/**
 * Counts the facets of a query: those whose own filter is not set in one run over what it finds,
 * each other one over what it would find without that filter.
 */
final class FacetSearch {
  /** The most values that a facet shows. */
  private static final int MAX_VALUES = 200;

  private static final Comparator<Facet.Count> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Facet.Count::items).reversed().thenComparing(Facet.Count::value);

  private final List<Facet> facets;

  /** What the query is without the filter of a name, for those that are set and left out. */
  private final Map<String, Query> without;

  /**
   * @param without for each filter that is set and that a facet leaves out, the query without it
   */
  FacetSearch(List<Facet> facets, Map<String, Query> without) {
    this.facets = facets;
    this.without = without;
  }

  /** The best hits, how many there are in all, and what the answer shows of each facet. */
  record Outcome(@Nullable TopFieldDocs hits, long total, Map<String, List<?>> facets) {}

  /**
   * @param collector collects hits in the same run; null when they are found apart
   */
  Outcome search(
      Snapshot snapshot, Query query, @Nullable CollectorManager<?, TopFieldDocs> collector)
      throws IOException {
    List<String> ofQuery =
        facets.stream()
            .filter(facet -> !without.containsKey(facet.filter()))
            .map(Facet::name)
            .toList();
    TopFieldDocs hits = null;
    FacetTally matching;
    if (collector != null) {
      Object[] both =
          snapshot
              .searcher()
              .search(query, new MultiCollectorManager(collector, FacetTally.of(ofQuery)));
      hits = (TopFieldDocs) both[0];
      matching = (FacetTally) both[1];
    } else {
      matching = snapshot.tally(query, ofQuery);
    }
    Map<String, FacetTally> others = new LinkedHashMap<>();
    for (Map.Entry<String, Query> each : without.entrySet()) {
      List<String> leavingItOut =
          facets.stream()
              .filter(facet -> facet.filter().equals(each.getKey()))
              .map(Facet::name)
              .toList();
      others.put(each.getKey(), snapshot.tally(each.getValue(), leavingItOut));
    }
    Map<String, List<?>> views = new LinkedHashMap<>();
    for (Facet facet : facets) {
      FacetTally tally = Objects.requireNonNullElse(others.get(facet.filter()), matching);
      views.put(facet.name(), facet.view().apply(counts(facet, tally)));
    }
    return new Outcome(hits, matching.total(), views);
  }

  private static List<Facet.Count> counts(Facet facet, FacetTally tally) {
    FacetColumn.Values names = FacetColumn.values(facet.name());
    int[] counts = tally.counts(facet.name());
    List<Facet.Count> values = new ArrayList<>();
    Set<String> absent = new HashSet<>(facet.selected());
    for (int number = 1; number < counts.length; number++) { // 0 is for items without a value
      if (counts[number] > 0) {
        String name = names.name(number);
        values.add(new Facet.Count(name, counts[number], absent.remove(name)));
      }
    }
    absent.forEach(value -> values.add(new Facet.Count(value, 0, true)));
    long free = Math.max(0, MAX_VALUES - facet.selected().size());
    return Stream.concat(
            values.stream().filter(Facet.Count::selected),
            values.stream()
                .filter(each -> !each.selected())
                .sorted(MOST_FREQUENT_FIRST)
                .limit(free))
        .sorted(MOST_FREQUENT_FIRST)
        .toList();
  }
}
