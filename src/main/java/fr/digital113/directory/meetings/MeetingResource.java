package fr.digital113.directory.meetings;

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

/** Meetings of Factories: their occurrences as a list, and each series as it is kept. */
@Path("/v1/meetings")
@Produces(MediaType.WILDCARD)
public class MeetingResource {
  private final Readers readers;
  private final Meetings meetings;
  private final Exchange exchange;
  private final EditViews editViews;

  MeetingResource(Readers readers, Meetings meetings, Exchange exchange, EditViews editViews) {
    this.readers = readers;
    this.meetings = meetings;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Reading reading = readers.open(exchange)) {
      return meetings.list(exchange, reading, null);
    }
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    if (EditViews.isAsked(exchange.parameters())) {
      QueryParameters parameters = exchange.parameters();
      var unused = Shape.ofItem(exchange, parameters, MeetingLayout.item(true));
      EditViews.isAsked(parameters);
      parameters.check();
      return editViews.respond(MeetingIndexing.TYPE, id);
    }
    try (Reading reading = readers.open(exchange)) {
      QueryParameters parameters = exchange.parameters();
      Shape shape =
          Shape.ofItem(exchange, parameters, MeetingLayout.item(reading.snapshot().isPrivate()));
      EditViews.isAsked(parameters);
      parameters.check();
      return reading
          .get(MeetingIndexing.TYPE, id, exchange.language())
          .found()
          .respond(exchange, reading.snapshot(), shape);
    }
  }
}
