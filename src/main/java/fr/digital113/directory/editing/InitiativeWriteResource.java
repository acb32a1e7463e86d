package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Writes and history of initiatives; reads are {@code initiatives.InitiativeResource}. */
@Path("/v1/initiatives")
@Produces(MediaType.APPLICATION_JSON)
public class InitiativeWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final InitiativeEditing initiatives;
  private final Exchange exchange;

  InitiativeWriteResource(
      ItemWrites writes, Histories histories, InitiativeEditing initiatives, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.initiatives = initiatives;
    this.exchange = exchange;
  }

  @PUT
  @Path("{slug}")
  public Response replace(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.replace(initiatives, slug, body);
  }

  @PATCH
  @Path("{slug}")
  public Response patch(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.patch(initiatives, slug, body);
  }

  @DELETE
  @Path("{slug}")
  public Response delete(@PathParam("slug") String slug) {
    exchange.parameters().check();
    return writes.delete(initiatives, slug);
  }

  @GET
  @Path("{slug}/history")
  public Response history(@PathParam("slug") String slug) {
    return histories.list(initiatives, slug);
  }
}
