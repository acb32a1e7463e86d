package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.ProblemException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** POST, PUT, PATCH and DELETE of one item, the same for every type. */
@Singleton
class ItemWrites {
  private final Writes writes;
  private final Jdbi jdbi;
  private final Exchange exchange;
  private final CurrentCaller current;

  ItemWrites(Writes writes, Jdbi jdbi, Exchange exchange, CurrentCaller current) {
    this.writes = writes;
    this.jdbi = jdbi;
    this.exchange = exchange;
    this.current = current;
  }

  /**
   * What a write came to.
   *
   * @param applied whether something changed at once, or nothing was to be changed
   * @param waiting what waits for the team
   */
  record Outcome(String id, boolean applied, List<Proposal> waiting) {}

  /** Makes a new item. */
  Response create(Editable type, InputStream body) {
    return create(type, body, database -> JsonBody.emptyObject());
  }

  /**
   * Makes a new item in the place that the path names.
   *
   * @param place the members that this place gives, whatever the body says; it checks, in the
   *     transaction, that the caller may make something there
   */
  Response create(Editable type, InputStream body, Function<Handle, ObjectNode> place) {
    Caller caller = current.get();
    JsonRequest request = JsonRequest.read(exchange, body);
    Idempotency idempotency = Idempotency.of(exchange, caller, request);
    Written<String> written =
        writes.run(
            caller,
            database ->
                idempotency.once(
                    database,
                    () -> {
                      JsonNode given = placed(request.json(), place.apply(database));
                      Edit edit = Edit.whole(type, nothing(type), given, new Codes(database), true);
                      return type.create(database, edit.after(), edit.row(field -> true));
                    }));
    URI location = URI.create(type.path() + "/" + written.result());
    return answer(
        type, written.result(), written.revision(), Response.created(location), List.of());
  }

  private static JsonNode placed(JsonNode given, ObjectNode place) {
    return given.isObject() ? ((ObjectNode) given.deepCopy()).setAll(place) : given;
  }

  /** Replaces an item by what the body says. */
  Response replace(Editable type, String ref, InputStream body) {
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    return change(type, ref, match, JsonRequest.read(exchange, body), Edit::whole);
  }

  /** Changes what the body names. */
  Response patch(Editable type, String ref, InputStream body) {
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    return change(type, ref, match, JsonRequest.readPatch(exchange, body), Edit::patch);
  }

  /** How a body is understood beside what is there. */
  @FunctionalInterface
  private interface Understanding {
    Edit of(Editable type, ObjectNode current, JsonNode given, Codes codes, boolean team);
  }

  private Response change(
      Editable type, String ref, IfMatch match, JsonRequest request, Understanding how) {
    Caller caller = current.get();
    return edited(
        type,
        writes.run(
            caller,
            database -> {
              Stored item = locked(database, type, ref);
              boolean team = isTeam(database, type, item);
              match.check(item.version());
              Edit edit = how.of(type, type.edit(item), request.json(), new Codes(database), team);
              return apply(database, caller, team, item, edit);
            }));
  }

  /** Deletes an item. */
  Response delete(Editable type, String ref) {
    Caller caller = current.get();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    Written<String> written =
        writes.run(
            caller,
            database -> {
              Stored item = locked(database, type, ref);
              isTeam(database, type, item);
              match.check(item.version());
              type.delete(database, item.id());
              return item.id();
            });
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }

  /** The item as editors see it. */
  Response view(Editable type, String ref) {
    Stored item =
        jdbi.withHandle(
            database -> {
              Stored found =
                  type.find(database, ref)
                      .flatMap(id -> Stored.find(database, type.type(), type.view(), id))
                      .orElseThrow(Refusals::notFound);
              isTeam(database, type, found);
              return found;
            });
    return exchange.edited(Response.ok(), item.version(), type.edit(item));
  }

  /**
   * Whether everything may be seen and changed, or only what the owner may.
   *
   * @throws ProblemException 404 when the owner's right was for another item
   */
  boolean isTeam(Handle database, Editable type, Stored item) {
    boolean team = current.grant() == Grant.TEAM;
    if (!team && !type.isOwn(database, current.get(), item)) {
      throw Refusals.notFound();
    }
    return team;
  }

  /** The item with a reference, locked until the end of the transaction. */
  static Stored locked(Handle database, Editable type, String ref) {
    return type.lock(database, ref)
        .flatMap(id -> Stored.find(database, type.type(), type.view(), id))
        .orElseThrow(Refusals::notFound);
  }

  /** Writes what may be written at once, and proposes the rest. */
  static Outcome apply(Handle database, Caller caller, boolean team, Stored item, Edit edit) {
    edit.type().checkStored(database, item.id(), edit);
    Row row = edit.row(field -> team || field.who() == Field.Who.OWNER);
    row.update(database, item.id());
    List<Proposal> waiting = team ? List.of() : Proposals.propose(database, caller, item, edit);
    return new Outcome(item.id(), waiting.isEmpty() || !row.isEmpty(), waiting);
  }

  private Response edited(Editable type, Written<Outcome> written) {
    Outcome outcome = written.result();
    ResponseBuilder response = outcome.applied() ? Response.ok() : Response.accepted();
    for (Proposal each : outcome.waiting()) {
      response.header(
          "Link", "<" + each.path() + ">; rel=\"proposal\"; title=\"" + each.topic() + "\"");
    }
    return answer(type, outcome.id(), written.revision(), response, outcome.waiting());
  }

  /** The item as it is now: in a repetition, and when others write too, that is what counts. */
  private Response answer(
      Editable type, String id, long revision, ResponseBuilder response, List<Proposal> waiting) {
    Stored item =
        jdbi.withHandle(database -> Stored.find(database, type.type(), type.view(), id))
            .orElseThrow(Refusals::deletedSince);
    ObjectNode edit = type.edit(item);
    if (!waiting.isEmpty()) {
      edit.set("proposals", Proposal.links(waiting));
    }
    return exchange.edited(response.header(Writes.REVISION, revision), item.version(), edit);
  }

  static ObjectNode nothing(Editable type) {
    ObjectNode nothing = JsonBody.emptyObject();
    type.fields().forEach(field -> nothing.set(field.name(), field.empty()));
    return nothing;
  }
}
