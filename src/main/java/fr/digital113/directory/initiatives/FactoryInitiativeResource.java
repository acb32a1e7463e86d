package fr.digital113.directory.initiatives;

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

/** What one Factory set out to do. */
@Path("/v1/factories/{slug}/initiatives")
@Produces(MediaType.WILDCARD)
public class FactoryInitiativeResource {
  private final Readers readers;
  private final Exchange exchange;

  FactoryInitiativeResource(Readers readers, Exchange exchange) {
    this.readers = readers;
    this.exchange = exchange;
  }

  @GET
  public Response list(@PathParam("slug") String slug) {
    try (Reading reading = readers.open(exchange)) {
      String id =
          Items.get(reading.snapshot(), InitiativeFields.FACTORY, slug, exchange.language()).id();
      return Initiatives.list(exchange, reading, InitiativeScope.inFactory(id));
    }
  }
}
