package fr.digital113.directory.territories;

import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.index.TextQuery;
import fr.digital113.directory.web.QueryParameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which territories, in which order.
 *
 * @param text what to search for; null for nothing
 * @param levels empty for all
 * @param parents codes of territories that they lie in; empty for all
 * @param sort name, population, or one of them turned round; relevance; null for the usual one
 */
record TerritoryQuery(
    @Nullable TextQuery text, Set<String> levels, Set<String> parents, @Nullable String sort) {
  private static final List<String> SORTS =
      List.of("name", "-name", "population", "-population", TextQuery.RELEVANCE);

  static TerritoryQuery of(QueryParameters parameters, Snapshot snapshot) {
    TextQuery text = TextQuery.read(parameters);
    return new TerritoryQuery(
        text,
        parameters.anyOf("level", TerritoryFields.LEVELS),
        Items.named("parent", TerritoryFields.TYPE, "/v1/territories", parameters, snapshot),
        TextQuery.sort(parameters, SORTS));
  }

  Listing listing() {
    return new Query(TerritoryFields.TYPE)
        .matching(text)
        .anyOf(TerritoryFields.LEVEL, levels)
        .anyOf(TerritoryFields.WITHIN, parents)
        .sortedBy(sorting());
  }

  private Sorting sorting() {
    if (sort == null ? text != null : sort.equals(TextQuery.RELEVANCE)) {
      return Sorting.byRelevance().then(Sorting.byProminence());
    }
    String field = sort == null ? TerritoryFields.NAME : sort.replace("-", "");
    boolean descending = sort != null && sort.startsWith("-");
    return field.equals(TerritoryFields.NAME)
        ? Sorting.byText(field, descending)
        : Sorting.byNumber(field, descending);
  }
}
