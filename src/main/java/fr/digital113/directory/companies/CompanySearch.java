package fr.digital113.directory.companies;

import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Sorting;
import java.util.List;

/** Turns a {@link CompanyQuery} into the index's terms. */
final class CompanySearch {
  private CompanySearch() {}

  /** The listing of a query, within the scope of a path. */
  static Listing listing(CompanyQuery query, CompanyScope scope) {
    Query all =
        new Query(CompanyFields.TYPE)
            .matching(query.text())
            .anyOf(scope.field(), scope.values())
            .anyOf(CompanyFields.SECTOR, query.sectors())
            .anyOf(CompanyFields.TERRITORY, query.territories())
            .anyOf(CompanyFields.SIZE_CLASS, query.sizeClasses())
            .anyOf(CompanyFields.MEMBERSHIP, query.memberships())
            .anyOf(CompanyFields.FACTORY, query.factories())
            .anyOf(CompanyFields.ORIGIN, query.origins())
            .anyOf(CompanyFields.EXPORT_MARKET, query.exportMarkets());
    if (query.hiring() != null) {
      all.anyOf(CompanyFields.HIRING, List.of(query.hiring().toString()));
    }
    if (query.joinedAfter() != null) {
      all.atLeast(CompanyFields.JOINED, query.joinedAfter().toEpochDay() + 1);
    }
    return all.sortedBy(sorting(query.order()));
  }

  private static Sorting sorting(CompanyQuery.Order order) {
    return switch (order) {
      case RELEVANCE -> Sorting.byRelevance().then(Sorting.byText(CompanyFields.NAME, false));
      case NAME -> Sorting.byText(CompanyFields.NAME, false);
      case NAME_DESCENDING -> Sorting.byText(CompanyFields.NAME, true);
      case JOINED -> Sorting.byNumber(CompanyFields.JOINED, false);
      case JOINED_DESCENDING -> Sorting.byNumber(CompanyFields.JOINED, true);
    };
  }
}
