package fr.digital113.directory.companies;

import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Sorting;
import java.util.List;
import java.util.Objects;

/** Turns a {@link CompanyQuery} into the index's terms. */
final class CompanySearch {
  private CompanySearch() {}

  /** The listing of a query, within the scope of a path, and what is counted beside it. */
  static Listing listing(CompanyQuery query, CompanyScope scope, List<Facet> facets) {
    return query(query, scope).counting(facets).sortedBy(sorting(query));
  }

  /** Which companies, within the scope of a path. */
  static Query query(CompanyQuery query, CompanyScope scope) {
    Query all =
        undated(query)
            .within(scope.field(), scope.values())
            .anyOf(CompanyFields.SECTOR, query.sectors())
            .anyOf(CompanyFields.TERRITORY, query.territories())
            .anyOf(CompanyFields.SIZE_CLASS, query.sizeClasses())
            .anyOf(CompanyFields.MEMBERSHIP, query.memberships())
            .anyOf(CompanyFields.FACTORY, query.factories())
            .anyOf(CompanyFields.ORIGIN, query.origins())
            .anyOf(CompanyFields.PUBLICATION, query.publications());
    if (query.joinedAfter() != null) {
      all.atLeast(CompanyFields.JOINED, query.joinedAfter().toEpochDay() + 1);
    }
    return all;
  }

  /** Which companies, by the filters alone whose past is not kept. */
  static Query undated(CompanyQuery query) {
    Query some =
        new Query(CompanyFields.TYPE)
            .matching(query.text())
            .anyOf(CompanyFields.EXPORT_MARKET, query.exportMarkets());
    if (query.hiring() != null) {
      some.anyOf(CompanyFields.HIRING, List.of(query.hiring().toString()));
    }
    in(query.area(), some);
    return some;
  }

  private static void in(Area area, Query query) {
    if (area.from() != null && area.radius() != null) {
      query.atMost(area.radius(), area.from());
    }
    if (area.box() != null) {
      query.in(area.box());
    }
  }

  private static Sorting sorting(CompanyQuery query) {
    return switch (query.order()) {
      case DISTANCE -> Sorting.byDistance(Objects.requireNonNull(query.area().from()));
      case RELEVANCE -> Sorting.byRelevance().then(Sorting.byText(CompanyFields.NAME, false));
      case NAME -> Sorting.byText(CompanyFields.NAME, false);
      case NAME_DESCENDING -> Sorting.byText(CompanyFields.NAME, true);
      case JOINED -> Sorting.byNumber(CompanyFields.JOINED, false);
      case JOINED_DESCENDING -> Sorting.byNumber(CompanyFields.JOINED, true);
    };
  }
}
