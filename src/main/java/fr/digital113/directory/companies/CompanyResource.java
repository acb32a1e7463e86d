package fr.digital113.directory.companies;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The directory of companies. */
@Path("/v1/companies")
@Produces(MediaType.WILDCARD)
public class CompanyResource {
  private final DirectoryIndex index;
  private final Companies companies;
  private final Exchange exchange;
  private final EditViews editViews;

  CompanyResource(
      DirectoryIndex index, Companies companies, Exchange exchange, EditViews editViews) {
    this.index = index;
    this.companies = companies;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Snapshot snapshot = index.acquire()) {
      return companies.list(exchange, snapshot, CompanyScope.all());
    }
  }

  /** {@code ref}: id, slug, SIREN or SIRET. */
  @GET
  @Path("{ref}")
  public Response get(@PathParam("ref") String ref) {
    QueryParameters parameters = exchange.parameters();
    Shape shape = Shape.ofItem(exchange, parameters, CompanyLayout.LAYOUT);
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(CompanyFields.TYPE, ref);
    }
    try (Snapshot snapshot = index.acquire()) {
      Items.Found company = Items.get(snapshot, CompanyFields.TYPE, ref, exchange.language());
      return company.respond(exchange, snapshot, shape);
    }
  }
}
