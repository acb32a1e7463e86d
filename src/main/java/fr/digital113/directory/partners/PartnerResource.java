package fr.digital113.directory.partners;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Plans;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
    JsonBody body = JsonBody.of(JsonRequest.read(exchange, sent).json());
    body.required("name");
    String name = line(body, "name");
    String plan = body.one("plan", plans.ofPartners());
    String contact = line(body, "contact");
    body.check();
    UUID id =
        partners.create(
            Objects.requireNonNull(name),
            plan == null ? Plans.STANDARD : plan,
            contact,
            caller.get().actor());
    return exchange.unshared(
        Response.created(URI.create("/v1/partners/" + id)).entity(existing(partners, id)));
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    return exchange.unshared(Response.ok(existing(partners, uuid(id))));
  }

  /** A merge patch (RFC 7396). */
  @PATCH
  @Path("{id}")
  public Response change(@PathParam("id") String id, InputStream sent) {
    exchange.parameters().check();
    PartnerView before = existing(partners, uuid(id));
    JsonBody body = JsonBody.of(JsonRequest.readPatch(exchange, sent).json());
    if (body.has("name")) {
      body.required("name");
    }
    String name = line(body, "name");
    String plan = body.one("plan", plans.ofPartners());
    String contact = line(body, "contact");
    body.check();
    partners.update(
        new PartnerView(
            before.id(),
            name == null ? before.name() : name,
            plan == null ? before.plan() : plan,
            body.has("contact") ? contact : before.contact(),
            before.keys(),
            before.createdAt()),
        caller.get().actor());
    return exchange.unshared(Response.ok(existing(partners, before.id())));
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    if (!partners.delete(uuid(id), caller.get().actor())) {
      throw notFound();
    }
    return exchange.unshared(Response.noContent());
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

  static PartnerView existing(Partners partners, UUID id) {
    return partners.find(id).orElseThrow(PartnerResource::notFound);
  }

  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException nothingHasIt) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun partenaire n'a cet identifiant.", "No partner has this id."));
  }
}
