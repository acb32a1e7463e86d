package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Initiatives are made below the Factory that leads them. */
@Path("/v1/factories/{slug}/initiatives")
@Produces(MediaType.APPLICATION_JSON)
public class FactoryInitiativeWriteResource {
  private final ItemWrites writes;
  private final InitiativeEditing initiatives;
  private final FactoryPlace place;
  private final Exchange exchange;

  FactoryInitiativeWriteResource(
      ItemWrites writes, InitiativeEditing initiatives, FactoryPlace place, Exchange exchange) {
    this.writes = writes;
    this.initiatives = initiatives;
    this.place = place;
    this.exchange = exchange;
  }

  @POST
  public Response create(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.create(initiatives, body, place.of(slug));
  }
}
