package fr.digital113.directory.territories;

import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.companies.CompanyScope;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Territories of every level. {@code ref}: code, slug, or the former code of a merged commune. */
@Path("/v1/territories")
@Produces(MediaType.WILDCARD)
public class TerritoryResource {
  private final DirectoryIndex index;
  private final Companies companies;
  private final Exchange exchange;
  private final EditViews editViews;

  TerritoryResource(
      DirectoryIndex index, Companies companies, Exchange exchange, EditViews editViews) {
    this.index = index;
    this.companies = companies;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      TerritoryQuery query = TerritoryQuery.of(parameters, snapshot);
      Page.Asked asked = Page.Asked.of(parameters);
      Shape shape = Shape.ofList(exchange, parameters, TerritoryLayout.LAYOUT);
      parameters.check();
      return query.listing().respond(exchange, snapshot, asked, shape);
    }
  }

  @GET
  @Path("{ref}")
  public Response get(@PathParam("ref") String ref) {
    QueryParameters parameters = exchange.parameters();
    Shape shape = Shape.ofItem(exchange, parameters, TerritoryLayout.LAYOUT);
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(TerritoryFields.TYPE, ref);
    }
    try (Snapshot snapshot = index.acquire(exchange)) {
      Items.Found found = Items.get(snapshot, TerritoryFields.TYPE, ref, exchange.language());
      return found.respond(exchange, snapshot, shape);
    }
  }

  @GET
  @Path("{ref}/companies")
  public Response companies(@PathParam("ref") String ref) {
    try (Snapshot snapshot = companies.acquire(exchange)) {
      Items.Found found = Items.get(snapshot, TerritoryFields.TYPE, ref, exchange.language());
      return companies.list(exchange, snapshot, CompanyScope.inTerritory(found.id()));
    }
  }
}
