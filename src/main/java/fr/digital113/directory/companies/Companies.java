package fr.digital113.directory.companies;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Distance;
import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** What other features see of companies: lists within a scope, and counts. */
@Singleton
public class Companies {
  private static final String MEMBER = "member";

  private final SizeClasses sizeClasses;
  private final DirectoryIndex index;
  private final CurrentCaller caller;

  Companies(SizeClasses sizeClasses, DirectoryIndex index, CurrentCaller caller) {
    this.sizeClasses = sizeClasses;
    this.index = index;
    this.caller = caller;
  }

  /** What the caller's lists are read from, to be closed: the team's hold what is private too. */
  public Snapshot acquire(Exchange exchange) {
    return index.acquire(
        exchange, caller.grant() == Grant.TEAM ? Visibility.PRIVATE : Visibility.PUBLIC);
  }

  /** Answers a list of companies with all its filters; the snapshot decides what it shows. */
  public Response list(Exchange exchange, Snapshot snapshot, CompanyScope scope) {
    QueryParameters parameters = exchange.parameters();
    CompanyQuery query = CompanyQuery.of(parameters, snapshot, sizeClasses);
    List<Facet> facets =
        new CompanyFacets(query, snapshot, sizeClasses, exchange.language()).named(parameters);
    Page.Asked asked = Page.Asked.of(parameters);
    Shape shape = Shape.ofList(exchange, parameters, CompanyLayout.of(query, snapshot));
    parameters.check();
    return CompanySearch.listing(query, scope, facets)
        .respond(exchange, snapshot, asked, shape, shown(query, snapshot));
  }

  /** Which companies the filters of a list find; mistakes are collected in {@code parameters}. */
  public Query filter(QueryParameters parameters, Snapshot snapshot) {
    return CompanySearch.query(
        CompanyQuery.filters(parameters, snapshot, sizeClasses), CompanyScope.all());
  }

  /**
   * Which companies the filters of a list find.
   *
   * @param now in the index
   * @param dated the same on any day
   */
  public record Selection(Query now, DatedFilter dated) {}

  /** Reads the filters for who counts companies; mistakes are collected in {@code parameters}. */
  public Selection selection(QueryParameters parameters, Snapshot snapshot) {
    CompanyQuery query = CompanyQuery.filters(parameters, snapshot, sizeClasses);
    return new Selection(
        CompanySearch.query(query, CompanyScope.all()),
        new DatedFilter(
            query.sectors(),
            query.territories(),
            query.sizeClasses(),
            query.memberships(),
            query.factories(),
            query.origins(),
            query.joinedAfter(),
            query.hasUndated() ? Items.ids(snapshot, CompanySearch.undated(query)) : null));
  }

  private static Function<Listing.Item, RawJson> shown(CompanyQuery query, Snapshot snapshot) {
    Distance from = query.area().from();
    return from == null ? Listing.Item::body : from.shownIn(snapshot);
  }

  /** The companies that the parameter {@code membership} names; members when it is absent. */
  public static Query withMembership(QueryParameters parameters) {
    return new Query(CompanyFields.TYPE)
        .anyOf(CompanyFields.MEMBERSHIP, CompanyQuery.memberships(parameters));
  }

  /** The codes of what companies joined through. */
  public static List<String> origins() {
    return Origin.codes();
  }

  /** The name of an origin, which is not translated. */
  public static Text originLabel(String code) {
    String label = Origin.label(code);
    return new Text(label, label);
  }

  /** How many companies are members. */
  public static int members(Snapshot snapshot) {
    return Items.count(snapshot, CompanyFields.TYPE, CompanyFields.MEMBERSHIP, MEMBER);
  }

  /** How many member companies name a sector. */
  public static int membersInSector(Snapshot snapshot, String slug) {
    return Items.count(
        snapshot, CompanyFields.TYPE, CompanyFields.MEMBERSHIP, MEMBER, CompanyFields.SECTOR, slug);
  }

  /** How many member companies take part in a Factory, its leads included. */
  public static int membersInFactory(Snapshot snapshot, String id) {
    return Items.count(
        snapshot, CompanyFields.TYPE, CompanyFields.MEMBERSHIP, MEMBER, CompanyFields.FACTORY, id);
  }
}
