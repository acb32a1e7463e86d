package fr.digital113.directory.companies;

import fr.digital113.directory.index.Distance;
import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** What other features see of companies: lists within a scope, and counts. */
@Singleton
public class Companies {
  private static final String MEMBER = "member";

  private final SizeClasses sizeClasses;

  Companies(SizeClasses sizeClasses) {
    this.sizeClasses = sizeClasses;
  }

  /** Answers a list of companies with all its filters. */
  public Response list(Exchange exchange, Snapshot snapshot, CompanyScope scope) {
    QueryParameters parameters = exchange.parameters();
    CompanyQuery query = CompanyQuery.of(parameters, snapshot, sizeClasses);
    List<Facet> facets =
        new CompanyFacets(query, snapshot.labels(), sizeClasses, exchange.language())
            .named(parameters);
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    return CompanySearch.listing(query, scope, facets)
        .respond(exchange, snapshot, asked, shown(query, snapshot));
  }

  private static Function<Listing.Item, RawJson> shown(CompanyQuery query, Snapshot snapshot) {
    Distance from = query.area().from();
    return from == null ? Listing.Item::body : from.shownIn(snapshot);
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
