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

/** Writes and history of events, by slug or id; reads are {@code events.EventResource}. */
@Path("/v1/events")
@Produces(MediaType.APPLICATION_JSON)
public class EventWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final EventEditing events;
  private final Exchange exchange;

  EventWriteResource(
      ItemWrites writes, Histories histories, EventEditing events, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.events = events;
    this.exchange = exchange;
  }

  @POST
  public Response create(InputStream body) {
    exchange.parameters().check();
    return writes.create(events, body);
  }

  @PUT
  @Path("{slug}")
  public Response replace(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.replace(events, slug, body);
  }

  @PATCH
  @Path("{slug}")
  public Response patch(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.patch(events, slug, body);
  }

  @DELETE
  @Path("{slug}")
  public Response delete(@PathParam("slug") String slug) {
    exchange.parameters().check();
    return writes.delete(events, slug);
  }

  @GET
  @Path("{slug}/history")
  public Response history(@PathParam("slug") String slug) {
    return histories.list(events, slug);
  }
}
