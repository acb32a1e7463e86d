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

/** Writes and history of meetings; reads are {@code meetings.MeetingResource}. */
@Path("/v1/meetings")
@Produces(MediaType.APPLICATION_JSON)
public class MeetingWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final MeetingEditing meetings;
  private final Exchange exchange;

  MeetingWriteResource(
      ItemWrites writes, Histories histories, MeetingEditing meetings, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.meetings = meetings;
    this.exchange = exchange;
  }

  @PUT
  @Path("{id}")
  public Response replace(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    return writes.replace(meetings, id, body);
  }

  @PATCH
  @Path("{id}")
  public Response patch(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    return writes.patch(meetings, id, body);
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    return writes.delete(meetings, id);
  }

  @GET
  @Path("{id}/history")
  public Response history(@PathParam("id") String id) {
    return histories.list(meetings, id);
  }
}
