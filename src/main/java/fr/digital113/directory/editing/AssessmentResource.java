package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Version;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.jdbi.v3.core.Jdbi;

/**
 * What the caller's company says of the plan that another one presents in a workshop. Its version
 * is that of the workshop, as participants read it.
 */
@Path("/v1/workshops/{id}/assessments/{presenter}")
@Produces(MediaType.APPLICATION_JSON)
public class AssessmentResource {
  private final Assessments assessments;
  private final Writes writes;
  private final Jdbi jdbi;
  private final Exchange exchange;
  private final CurrentCaller current;

  AssessmentResource(
      Assessments assessments, Writes writes, Jdbi jdbi, Exchange exchange, CurrentCaller current) {
    this.assessments = assessments;
    this.writes = writes;
    this.jdbi = jdbi;
    this.exchange = exchange;
    this.current = current;
  }

  /** What was written, and the version that it made. */
  private record Answer(Version version, ObjectNode view) {}

  @PUT
  public Response give(
      @PathParam("id") String id, @PathParam("presenter") String presenter, InputStream body) {
    exchange.parameters().check();
    Caller caller = current.get();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    JsonRequest request = JsonRequest.read(exchange, body);
    Written<Assessments.Given> written =
        writes.run(
            caller,
            database -> assessments.give(database, caller, id, presenter, match, request.json()));
    Answer answer = answer(written.result());
    return exchange.edited(
        Response.status(written.result().created() ? Status.CREATED : Status.OK)
            .header(Writes.REVISION, written.revision()),
        answer.version(),
        answer.view());
  }

  private Answer answer(Assessments.Given given) {
    return jdbi.withHandle(
        database -> {
          Stored workshop =
              Stored.find(database, WorkshopEditing.TYPE, "workshop_document", given.workshop())
                  .orElseThrow(Refusals::deletedSince);
          return new Answer(workshop.version(), Assessments.view(database, workshop, given));
        });
  }

  @DELETE
  public Response takeBack(@PathParam("id") String id, @PathParam("presenter") String presenter) {
    exchange.parameters().check();
    Caller caller = current.get();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    Written<String> written =
        writes.run(
            caller,
            database -> {
              assessments.takeBack(database, caller, id, presenter, match);
              return id;
            });
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }
}
