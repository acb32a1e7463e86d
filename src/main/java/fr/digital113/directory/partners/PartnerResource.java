package fr.digital113.directory.partners;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Plans;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Organisations that have keys. */
@Path("/v1/partners")
@Produces(MediaType.APPLICATION_JSON)
class PartnerResource {
  private static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 200;
  private static final int LONGEST = 200;

  private final Partners partners;
  private final Plans plans;
  private final Exchange exchange;
  private final CurrentCaller caller;

  record PartnerList(List<PartnerView> data, PageInfo page) {}

  record PageInfo(int limit, long total) {}

  PartnerResource(Partners partners, Plans plans, Exchange exchange, CurrentCaller caller) {
    this.partners = partners;
    this.plans = plans;
    this.exchange = exchange;
    this.caller = caller;
  }

  @GET
  public Response list() {
    int limit = limit(exchange);
    return exchange.unshared(
        Response.ok(new PartnerList(partners.list(limit), new PageInfo(limit, partners.count()))));
  }

  @POST
  public Response create(InputStream sent) {
    exchange.parameters().check();
    JsonRequest request = JsonRequest.read(exchange, sent);
    JsonBody body = JsonBody.of(request.json());
    body.required("name");
    String name = line(body, "name");
    String plan = body.one("plan", plans.ofPartners());
    String contact = line(body, "contact");
    body.check();
    Written<UUID> written =
        partners.create(
            caller.get(),
            Idempotency.of(exchange, caller.get(), request),
            Objects.requireNonNull(name),
            plan == null ? Plans.STANDARD : plan,
            contact);
    return answer(
        Response.created(URI.create("/v1/partners/" + written.result()))
            .header(Writes.REVISION, written.revision()),
        written.result());
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    return answer(Response.ok(), uuid(id));
  }

  /** A merge patch (RFC 7396). */
  @PATCH
  @Path("{id}")
  public Response change(@PathParam("id") String id, InputStream sent) {
    exchange.parameters().check();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    JsonBody body = JsonBody.of(JsonRequest.readPatch(exchange, sent).json());
    if (body.has("name")) {
      body.required("name");
    }
    String name = line(body, "name");
    String plan = body.one("plan", plans.ofPartners());
    String contact = line(body, "contact");
    body.check();
    Written<UUID> written =
        partners.update(
            caller.get(),
            uuid(id),
            match,
            before ->
                new PartnerView(
                    before.id(),
                    name == null ? before.name() : name,
                    plan == null ? before.plan() : plan,
                    body.has("contact") ? contact : before.contact(),
                    before.keys(),
                    before.createdAt()));
    return answer(Response.ok().header(Writes.REVISION, written.revision()), written.result());
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    Written<UUID> written = partners.delete(caller.get(), uuid(id), match);
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }

  private Response answer(ResponseBuilder response, UUID id) {
    Partners.Found found = partners.get(id);
    return exchange.edited(response, found.version(), found.partner());
  }

  /** A short line of text; null when it is absent. */
  static @Nullable String line(JsonBody body, String name) {
    return Parser.parsed(body, name, body.text(name), Texts.line(LONGEST));
  }

  static int limit(Exchange exchange) {
    QueryParameters parameters = exchange.parameters();
    int limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    parameters.check();
    return limit;
  }

  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException nothingHasIt) {
      throw Partners.notFound();
    }
  }
}
