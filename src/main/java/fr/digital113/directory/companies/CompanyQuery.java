package fr.digital113.directory.companies;

import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.TextQuery;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which companies, in which order: parsed, valid, normalised to codes. Values of one filter are
 * alternatives, different filters must all hold; an empty filter holds for every company.
 *
 * @param text what to search for; null for nothing
 * @param sectors slugs
 * @param territories codes
 * @param factories ids
 * @param memberships empty for any
 * @param publications empty where all are published
 * @param joinedAfter joined on a later day than this one
 * @param area where they are
 */
record CompanyQuery(
    @Nullable TextQuery text,
    Set<String> sectors,
    Set<String> territories,
    Set<String> sizeClasses,
    Set<String> memberships,
    Set<String> factories,
    Set<String> origins,
    Set<String> publications,
    @Nullable Boolean hiring,
    Set<String> exportMarkets,
    @Nullable LocalDate joinedAfter,
    Area area,
    Order order) {

  private static final String ANY = "any";
  private static final List<String> MEMBERSHIPS = List.of("member", "former", "none", ANY);
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /** The orders that {@code sort} names; {@code -} turns one round. */
  enum Order {
    RELEVANCE(TextQuery.RELEVANCE),
    NAME("name"),
    NAME_DESCENDING("-name"),
    JOINED("joined"),
    JOINED_DESCENDING("-joined"),
    DISTANCE("distance");

    private final String parameter;

    Order(String parameter) {
      this.parameter = parameter;
    }

    static Order of(@Nullable String parameter, Order otherwise) {
      return Arrays.stream(values())
          .filter(order -> order.parameter.equals(parameter))
          .findFirst()
          .orElse(otherwise);
    }

    static List<String> parameters() {
      return Arrays.stream(values()).map(order -> order.parameter).toList();
    }
  }

  /** Reads the filters; mistakes are collected in {@code parameters}. */
  static CompanyQuery of(QueryParameters parameters, Snapshot snapshot, SizeClasses sizeClasses) {
    CompanyQuery filters = filters(parameters, snapshot, sizeClasses);
    return filters.in(order(parameters, filters.text(), filters.area()));
  }

  /** The filters alone, for who wants no order. */
  static CompanyQuery filters(
      QueryParameters parameters, Snapshot snapshot, SizeClasses sizeClasses) {
    return new CompanyQuery(
        TextQuery.read(parameters),
        Items.named("sector", parameters, snapshot),
        Items.named("territory", "territory", "/v1/territories", parameters, snapshot),
        parameters.anyOf("sizeClass", sizeClasses.codes()),
        memberships(parameters),
        Items.named("factory", parameters, snapshot),
        parameters.anyOf("origin", Origin.codes()),
        publications(parameters, snapshot),
        parameters.flag("hiring"),
        parameters.anyOf(
            "exportMarket",
            value -> COUNTRIES.contains(value) ? value : null,
            () ->
                new Text(
                    "Donnez un code pays ISO 3166-1 alpha-2, en capitales.",
                    "Give an ISO 3166-1 alpha-2 country code, in capitals.")),
        parameters.date("joinedAfter"),
        Area.of(parameters),
        Order.NAME);
  }

  private CompanyQuery in(Order other) {
    return new CompanyQuery(
        text,
        sectors,
        territories,
        sizeClasses,
        memberships,
        factories,
        origins,
        publications,
        hiring,
        exportMarkets,
        joinedAfter,
        area,
        other);
  }

  /** Whether any filter is set whose past is not kept. */
  boolean hasUndated() {
    return text != null
        || hiring != null
        || !exportMarkets.isEmpty()
        || area.box() != null
        || area.radius() != null;
  }

  static Set<String> memberships(QueryParameters parameters) {
    Set<String> memberships = parameters.anyOf("membership", MEMBERSHIPS);
    return memberships.contains(ANY)
        ? Set.of()
        : memberships.isEmpty() ? Set.of("member") : memberships;
  }

  /**
   * A parameter of the team's lists alone: in others it is unknown like any that does not exist.
   */
  private static Set<String> publications(QueryParameters parameters, Snapshot snapshot) {
    if (!snapshot.isPrivate()) {
      return Set.of();
    }
    Set<String> publications = parameters.anyOf(CompanyFields.PUBLICATION, Publication.codes());
    return publications.isEmpty() ? Set.of(Publication.PUBLISHED.code()) : publications;
  }

  private static Order order(QueryParameters parameters, @Nullable TextQuery text, Area area) {
    String asked = TextQuery.sort(parameters, Order.parameters());
    Order usual =
        text != null ? Order.RELEVANCE : area.from() != null ? Order.DISTANCE : Order.NAME;
    Order order = Order.of(asked, usual);
    if (order == Order.DISTANCE && !parameters.has(Area.NEAR)) {
      parameters.error(
          "sort",
          "needs_near",
          new Text(
              "« distance » classe du plus proche au plus loin d'un point : donnez aussi « near ».",
              "\"distance\" sorts by how near to a point: give \"near\" as well."));
    }
    return order;
  }
}
