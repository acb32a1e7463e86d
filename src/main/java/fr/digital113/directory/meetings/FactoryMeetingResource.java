package fr.digital113.directory.meetings;

import fr.digital113.directory.index.Items;
import fr.digital113.directory.insiders.Readers;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The meetings of one Factory. */
@Path("/v1/factories/{slug}/meetings")
@Produces(MediaType.WILDCARD)
public class FactoryMeetingResource {
  private final Readers readers;
  private final Meetings meetings;
  private final Exchange exchange;

  FactoryMeetingResource(Readers readers, Meetings meetings, Exchange exchange) {
    this.readers = readers;
    this.meetings = meetings;
    this.exchange = exchange;
  }

  @GET
  public Response list(@PathParam("slug") String slug) {
    try (Reading reading = readers.open(exchange)) {
      Items.Found factory =
          Items.get(reading.snapshot(), MeetingIndexing.FACTORY, slug, exchange.language());
      return meetings.list(exchange, reading, factory.id());
    }
  }
}
