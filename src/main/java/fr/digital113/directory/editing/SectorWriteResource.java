package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Writes and history of sectors; reads are {@code sectors.SectorResource}. */
@Path("/v1/sectors")
@Produces(MediaType.APPLICATION_JSON)
public class SectorWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final SectorEditing sectors;
  private final Exchange exchange;

  SectorWriteResource(
      ItemWrites writes, Histories histories, SectorEditing sectors, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.sectors = sectors;
    this.exchange = exchange;
  }

  @POST
  public Response create(InputStream body) {
    exchange.parameters().check();
    return writes.create(sectors, body);
  }

  @PUT
  @Path("{slug}")
  public Response replace(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.replace(sectors, slug, body);
  }

  @PATCH
  @Path("{slug}")
  public Response patch(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.patch(sectors, slug, body);
  }

  @DELETE
  @Path("{slug}")
  public Response delete(@PathParam("slug") String slug) {
    exchange.parameters().check();
    return writes.delete(sectors, slug);
  }

  @GET
  @Path("{slug}/history")
  public Response history(@PathParam("slug") String slug) {
    return histories.list(sectors, slug);
  }
}
