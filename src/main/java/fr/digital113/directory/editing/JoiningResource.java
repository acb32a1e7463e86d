package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.editing.Writes.Work;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Members ask to join a Factory; its leads and the team decide. */
@Path("/v1/factories/{slug}/requests")
@Produces(MediaType.APPLICATION_JSON)
public class JoiningResource {
  private static final int LONGEST_MESSAGE = 2_000;

  private final Jdbi jdbi;
  private final Writes writes;
  private final FactoryEditing factories;
  private final FactoryPlace place;
  private final Exchange exchange;
  private final CurrentCaller current;

  JoiningResource(
      Jdbi jdbi,
      Writes writes,
      FactoryEditing factories,
      FactoryPlace place,
      Exchange exchange,
      CurrentCaller current) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.factories = factories;
    this.place = place;
    this.exchange = exchange;
    this.current = current;
  }

  /** The newest first; to a member those of its own company. */
  @GET
  public Response list(@PathParam("slug") String slug) {
    QueryParameters parameters = exchange.parameters();
    String status = parameters.one("status", JoiningRequest.STATUSES);
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    String cursor = PrivatePage.cursor(asked, Decisions.ID);
    Decisions.Found<JoiningRequest> found =
        jdbi.withHandle(
            database -> {
              String factory = factory(database, slug, "");
              return JoiningRequests.list(
                  database, factory, status, seen(database, factory), cursor, asked.limit() + 1);
            });
    return PrivatePage.respond(
        exchange,
        asked,
        found.total(),
        found.items(),
        each -> each.id().toString(),
        each -> each.shownTo(current.get()));
  }

  /** The company whose requests alone the caller sees; null for whom sees all of a Factory. */
  private @Nullable UUID seen(Handle database, String factory) {
    return place.isDecidedByCaller(database, factory)
        ? null
        : Objects.requireNonNull(current.get().company());
  }

  private String factory(Handle database, String slug, String lock) {
    return factories.find(database, slug, lock).orElseThrow(Refusals::notFound);
  }

  @POST
  public Response ask(@PathParam("slug") String slug, InputStream body) {
    exchange.parameters().check();
    Caller caller = current.get();
    UUID company = Objects.requireNonNull(caller.company());
    JsonRequest request = JsonRequest.readIfThere(exchange, body);
    JsonBody members = JsonBody.of(request.json());
    String message =
        Parser.parsed(
            members, "message", members.text("message"), Texts.paragraphs(LONGEST_MESSAGE));
    members.check();
    Idempotency idempotency = Idempotency.of(exchange, caller, request);
    Written<JoiningRequest> written =
        writes.run(
            caller,
            database -> {
              String factory = factory(database, slug, "for share");
              String id =
                  idempotency.once(
                      database,
                      () -> JoiningRequests.ask(database, caller, factory, company, message));
              return JoiningRequests.get(database, factory, UUID.fromString(id), company);
            });
    return exchange.unshared(
        Response.created(URI.create(written.result().path()))
            .entity(written.result().shownTo(caller))
            .header(Writes.REVISION, written.revision()));
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("slug") String slug, @PathParam("id") String id) {
    exchange.parameters().check();
    JoiningRequest request =
        jdbi.withHandle(
            database -> {
              String factory = factory(database, slug, "");
              return JoiningRequests.get(
                  database, factory, Decisions.uuid(id), seen(database, factory));
            });
    return exchange.unshared(Response.ok(request.shownTo(current.get())));
  }

  @POST
  @Path("{id}/accept")
  public Response accept(@PathParam("slug") String slug, @PathParam("id") String id) {
    exchange.parameters().check();
    return decide(
        slug,
        id,
        (database, factory, request) ->
            JoiningRequests.accept(database, current.get(), factory, request));
  }

  @POST
  @Path("{id}/decline")
  public Response decline(
      @PathParam("slug") String slug, @PathParam("id") String id, InputStream body) {
    exchange.parameters().check();
    JsonBody members = JsonBody.of(JsonRequest.readIfThere(exchange, body).json());
    String reason = Decisions.reason(members);
    members.check();
    return decide(
        slug,
        id,
        (database, factory, request) ->
            JoiningRequests.close(database, current.get(), factory, request, "declined", reason));
  }

  /** Takes it back: the company that asked. */
  @DELETE
  @Path("{id}")
  public Response withdraw(@PathParam("slug") String slug, @PathParam("id") String id) {
    exchange.parameters().check();
    Caller caller = current.get();
    UUID request = Decisions.uuid(id);
    Work<UUID> work =
        database -> {
          String factory = factory(database, slug, "");
          JoiningRequests.get(database, factory, request, Objects.requireNonNull(caller.company()));
          JoiningRequests.close(database, caller, factory, request, "withdrawn", null);
          return request;
        };
    long revision = writes.run(caller, work).revision();
    return exchange.unshared(Response.noContent().header(Writes.REVISION, revision));
  }

  /** What becomes of a request of a Factory. */
  @FunctionalInterface
  private interface Decision {
    void take(Handle database, String factory, UUID request);
  }

  /** One after the other, of all who decide about a Factory. */
  private Response decide(String slug, String id, Decision decision) {
    Caller caller = current.get();
    UUID request = Decisions.uuid(id);
    Written<JoiningRequest> written =
        writes.run(
            caller,
            database -> {
              String factory = factory(database, slug, "for update");
              place.requireLead(database, factory);
              decision.take(database, factory, request);
              return JoiningRequests.get(database, factory, request, null);
            });
    return exchange.unshared(
        Response.ok(written.result().shownTo(caller)).header(Writes.REVISION, written.revision()));
  }
}
