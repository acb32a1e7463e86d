package fr.digital113.directory.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.facet.DrillDownQuery;
import org.apache.lucene.facet.DrillSideways;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.StringValueFacetCounts;
import org.apache.lucene.facet.taxonomy.TaxonomyReader;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/** Runs a query once, for its hits and for the counts of its facets. */
final class FacetSearch {
  /** The most values that a facet shows. */
  private static final int MAX_VALUES = 200;

  private static final Comparator<Facet.Count> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Facet.Count::items).reversed().thenComparing(Facet.Count::value);
  private static final FacetsConfig NO_CONFIGURATION = new FacetsConfig();

  private final List<Facet> facets;
  private final DrillDownQuery query;

  /** The filters that are set and that some facet leaves out; the dimensions of the query. */
  private final List<String> leftOut;

  /**
   * @param base what must hold in any case
   * @param filters what must hold as well, each but for the facets that leave it out
   */
  FacetSearch(List<Facet> facets, Query base, Map<String, Query> filters) {
    this.facets = facets;
    this.query = new DrillDownQuery(NO_CONFIGURATION, base);
    this.leftOut = List.copyOf(filters.keySet());
    leftOut.forEach(name -> query.add(name, filters.get(name)));
  }

  /** Hits, and what the answer shows of each facet; null when there are none. */
  record Outcome(TopFieldDocs hits, @Nullable Map<String, List<?>> facets) {}

  Outcome search(Snapshot snapshot, TopFieldCollectorManager hits) throws IOException {
    DrillSideways.Result<Object[], FacetsCollector> result =
        new DrillSideways(snapshot.searcher(), NO_CONFIGURATION, (TaxonomyReader) null)
            .search(
                query,
                new MultiCollectorManager(hits, new FacetsCollectorManager()),
                leftOut.stream().map(each -> new FacetsCollectorManager()).toList());
    FacetsCollector matching = (FacetsCollector) result.drillDownResult()[1];
    Map<String, List<?>> views = new LinkedHashMap<>();
    for (Facet facet : facets) {
      int dimension = leftOut.indexOf(facet.filter());
      FacetsCollector counted =
          dimension < 0 ? matching : result.drillSidewaysResults().get(dimension);
      views.put(facet.name(), facet.view().apply(counts(snapshot, facet, counted)));
    }
    return new Outcome((TopFieldDocs) result.drillDownResult()[0], views);
  }

  private static List<Facet.Count> counts(Snapshot snapshot, Facet facet, FacetsCollector counted)
      throws IOException {
    String field = Fields.facet(facet.name());
    StringValueFacetCounts counts =
        new StringValueFacetCounts(snapshot.facetValues(facet.name()), counted);
    List<Facet.Count> values = new ArrayList<>();
    Set<String> absent = new HashSet<>(facet.selected());
    for (LabelAndValue each : counts.getTopChildren(MAX_VALUES, field).labelValues) {
      boolean selected = absent.remove(each.label);
      values.add(new Facet.Count(each.label, each.value.longValue(), selected));
    }
    for (String value : absent) {
      long items = Math.max(0, counts.getSpecificValue(field, value).longValue());
      values.add(new Facet.Count(value, items, true));
    }
    long free = Math.max(0, MAX_VALUES - facet.selected().size());
    return Stream.concat(
            values.stream().filter(Facet.Count::selected),
            values.stream().filter(each -> !each.selected()).limit(free))
        .sorted(MOST_FREQUENT_FIRST)
        .toList();
  }
}
