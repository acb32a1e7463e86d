package fr.digital113.directory.companies;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.changes.Visibility;
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
import java.util.UUID;

/** The directory of companies. */
@Path("/v1/companies")
@Produces(MediaType.WILDCARD)
public class CompanyResource {
  private final DirectoryIndex index;
  private final Companies companies;
  private final Exchange exchange;
  private final EditViews editViews;
  private final CurrentCaller caller;

  CompanyResource(
      DirectoryIndex index,
      Companies companies,
      Exchange exchange,
      EditViews editViews,
      CurrentCaller caller) {
    this.index = index;
    this.companies = companies;
    this.exchange = exchange;
    this.editViews = editViews;
    this.caller = caller;
  }

  @GET
  public Response list() {
    try (Snapshot snapshot = companies.acquire(exchange)) {
      return companies.list(exchange, snapshot, CompanyScope.all());
    }
  }

  /** {@code ref}: id, slug, SIREN or SIRET. */
  @GET
  @Path("{ref}")
  public Response get(@PathParam("ref") String ref) {
    Grant grant = grantFor(ref);
    QueryParameters parameters = exchange.parameters();
    Shape shape =
        Shape.ofItem(
            exchange,
            parameters,
            grant == Grant.PUBLIC ? CompanyLayout.LAYOUT : CompanyLayout.PRIVATE);
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(CompanyFields.TYPE, ref);
    }
    return switch (grant) {
      case PUBLIC -> respond(ref, shape, Visibility.PUBLIC);
      case TEAM -> respond(ref, shape, Visibility.PRIVATE);
      // By its id: what the path names may be another's by the time it is read.
      case OWN -> respond(String.valueOf(caller.get().company()), shape, Visibility.PRIVATE);
    };
  }

  private Response respond(String ref, Shape shape, Visibility side) {
    try (Snapshot snapshot = index.acquire(exchange, side)) {
      Items.Found company = Items.get(snapshot, CompanyFields.TYPE, ref, exchange.language());
      return company.respond(exchange, snapshot, shape);
    }
  }

  /**
   * By what right the caller reads a company. Of a company that is public and another's a member
   * sees what everybody does, which needs no database to know.
   */
  private Grant grantFor(String ref) {
    UUID own = caller.get().company();
    if (own != null && !caller.get().is(Role.TEAM)) {
      try (Snapshot snapshot = index.acquire()) {
        String id = Items.idOf(snapshot, CompanyFields.TYPE, ref);
        if (id != null && !id.equals(own.toString())) {
          return Grant.PUBLIC;
        }
      }
    }
    return caller.grant();
  }
}
