package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jdbi.v3.core.Handle;

/** New meetings of a Factory; those that are there are written by {@link MeetingWriteResource}. */
@Path("/v1/factories/{slug}/meetings")
@Produces(MediaType.APPLICATION_JSON)
public class FactoryMeetingWriteResource {
  private final ItemWrites writes;
  private final MeetingEditing meetings;
  private final FactoryEditing factories;
  private final Exchange exchange;
  private final CurrentCaller current;

  FactoryMeetingWriteResource(
      ItemWrites writes,
      MeetingEditing meetings,
      FactoryEditing factories,
      Exchange exchange,
      CurrentCaller current) {
    this.writes = writes;
    this.meetings = meetings;
    this.factories = factories;
    this.exchange = exchange;
    this.current = current;
  }

  @POST
  public Response create(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    return writes.create(meetings, body, database -> within(database, slug));
  }

  /** The Factory of the path stays as it is, and so do its leads, until the meeting is there. */
  private ObjectNode within(Handle database, String slug) {
    String factory = factories.lock(database, slug).orElseThrow(Refusals::notFound);
    if (current.grant() != Grant.TEAM && !FactoryLeads.areOf(database, current.get(), factory)) {
      throw Refusals.notFound();
    }
    return JsonBody.emptyObject().put(MeetingFields.FACTORY, factory);
  }
}
