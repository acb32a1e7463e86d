package fr.digital113.directory.initiatives;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.insiders.Readers;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Initiatives: collective actions and collaborative projects of Factories. */
@Path("/v1/initiatives")
@Produces(MediaType.WILDCARD)
public class InitiativeResource {
  private final Readers readers;
  private final Exchange exchange;
  private final EditViews editViews;

  InitiativeResource(Readers readers, Exchange exchange, EditViews editViews) {
    this.readers = readers;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Reading reading = readers.open(exchange)) {
      return Initiatives.list(exchange, reading, InitiativeScope.ALL);
    }
  }

  @GET
  @Path("{slug}")
  public Response get(@PathParam("slug") String slug) {
    QueryParameters parameters = exchange.parameters();
    Shape shape = Shape.ofItem(exchange, parameters, InitiativeLayout.LAYOUT);
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(InitiativeFields.TYPE, slug);
    }
    try (Reading reading = readers.open(exchange)) {
      return reading
          .get(InitiativeFields.TYPE, slug, exchange.language())
          .found()
          .respond(exchange, reading.snapshot(), shape);
    }
  }
}
