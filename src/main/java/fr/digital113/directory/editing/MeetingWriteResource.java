package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
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
import org.jdbi.v3.core.Handle;

/** Writes and history of meetings; reads are {@code meetings.MeetingResource}. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public class MeetingWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final MeetingEditing meetings;
  private final FactoryEditing factories;
  private final Exchange exchange;
  private final CurrentCaller current;

  MeetingWriteResource(
      ItemWrites writes,
      Histories histories,
      MeetingEditing meetings,
      FactoryEditing factories,
      Exchange exchange,
      CurrentCaller current) {
    this.writes = writes;
    this.histories = histories;
    this.meetings = meetings;
    this.factories = factories;
    this.exchange = exchange;
    this.current = current;
  }

  @POST
  @Path("factories/{slug}/meetings")
  public Response create(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.create(meetings, body, database -> within(database, slug));
  }

  /** The Factory of the path stays as it is, and so do its leads, until the meeting is there. */
  private ObjectNode within(Handle database, String slug) {
    String factory = factories.lock(database, slug).orElseThrow(Refusals::notFound);
    if (current.grant() != Grant.TEAM
        && !MeetingEditing.leads(database, current.get(), factory)) {
      throw Refusals.notFound();
    }
    return JsonBody.emptyObject().put(MeetingFields.FACTORY, factory);
  }

  @PUT
  @Path("meetings/{id}")
  public Response replace(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    return writes.replace(meetings, id, body);
  }

  @PATCH
  @Path("meetings/{id}")
  public Response patch(@PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    return writes.patch(meetings, id, body);
  }

  @DELETE
  @Path("meetings/{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    return writes.delete(meetings, id);
  }

  @GET
  @Path("meetings/{id}/history")
  public Response history(@PathParam("id") String id) {
    return histories.list(meetings, id);
  }
}
