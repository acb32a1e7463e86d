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

/** Writes and history of workshops, by id; reads are {@code workshops.WorkshopResource}. */
@Path("/v1/workshops")
@Produces(MediaType.APPLICATION_JSON)
public class WorkshopWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final WorkshopEditing workshops;
  private final Exchange exchange;

  WorkshopWriteResource(
      ItemWrites writes, Histories histories, WorkshopEditing workshops, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.workshops = workshops;
    this.exchange = exchange;
  }

  @POST
  public Response create(InputStream body) {
    exchange.parameters().check();
    return writes.create(workshops, body);
  }

  @PUT
  @Path("{id}")
  public Response replace(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    return writes.replace(workshops, id, body);
  }

  @PATCH
  @Path("{id}")
  public Response patch(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    return writes.patch(workshops, id, body);
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    return writes.delete(workshops, id);
  }

  @GET
  @Path("{id}/history")
  public Response history(@PathParam("id") String id) {
    return histories.list(workshops, id);
  }
}
