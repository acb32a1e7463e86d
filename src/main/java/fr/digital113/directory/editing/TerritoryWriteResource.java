package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Writes of territories' flags, and history; reads are {@code territories.TerritoryResource}. */
@Path("/v1/territories")
@Produces(MediaType.APPLICATION_JSON)
public class TerritoryWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final TerritoryEditing territories;
  private final Exchange exchange;

  TerritoryWriteResource(
      ItemWrites writes, Histories histories, TerritoryEditing territories, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.territories = territories;
    this.exchange = exchange;
  }

  @PATCH
  @Path("{ref}")
  public Response patch(@PathParam("ref") String ref, InputStream body) {
    exchange.parameters().check();
    return writes.patch(territories, ref, body);
  }

  @GET
  @Path("{ref}/history")
  public Response history(@PathParam("ref") String ref) {
    return histories.list(territories, ref);
  }
}
