package fr.digital113.directory.webhooks;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.PrivatePage;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.webhooks.Webhooks.Wanted;
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
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is told of changes: a partner sees and changes its own webhooks, an admin all. */
@Path("/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
class WebhookResource {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Text UNKNOWN_PARTNER =
      new Text("Aucun partenaire n'a cet identifiant.", "No partner has this id.");

  private final Webhooks webhooks;
  private final WebhookRequest requests;
  private final Exchange exchange;
  private final CurrentCaller caller;

  WebhookResource(
      Webhooks webhooks, WebhookRequest requests, Exchange exchange, CurrentCaller caller) {
    this.webhooks = webhooks;
    this.requests = requests;
    this.exchange = exchange;
    this.caller = caller;
  }

  @GET
  public Response list() {
    QueryParameters parameters = exchange.parameters();
    Page.Asked asked = Page.Asked.of(parameters);
    String named = parameters.text("partner");
    UUID own = own();
    if (named != null && !isPartner(named, own)) {
      parameters.error("partner", "unknown_value", UNKNOWN_PARTNER);
    }
    parameters.check();
    String cursor = PrivatePage.cursor(asked, UUID_FORM);
    UUID partner = own == null && named != null ? UUID.fromString(named) : own;
    return PrivatePage.respond(
        exchange,
        asked,
        webhooks.count(partner),
        webhooks.list(partner, cursor == null ? null : UUID.fromString(cursor), asked.limit()),
        each -> each.id().toString(),
        each -> each);
  }

  @POST
  public Response create(InputStream sent) {
    exchange.parameters().check();
    JsonRequest request = JsonRequest.read(exchange, sent);
    JsonBody body = JsonBody.of(request.json());
    UUID partner = partner(body);
    Wanted wanted = requests.ofNew(body);
    Written<WebhookView> written =
        webhooks.create(
            caller.get(),
            Idempotency.of(exchange, caller.get(), request),
            Objects.requireNonNull(partner),
            wanted);
    return answer(
        Response.created(URI.create("/v1/webhooks/" + written.result().id()))
            .header(Writes.REVISION, written.revision()),
        written.result());
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    return answer(Response.ok(), webhooks.get(uuid(id)).webhook());
  }

  /** A merge patch (RFC 7396). */
  @PATCH
  @Path("{id}")
  public Response change(@PathParam("id") String id, InputStream sent) {
    exchange.parameters().check();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    WebhookRequest.Change change =
        requests.ofChange(JsonBody.of(JsonRequest.readPatch(exchange, sent).json()));
    Written<UUID> written = webhooks.update(caller.get(), uuid(id), match, change::on);
    return answer(
        Response.ok().header(Writes.REVISION, written.revision()),
        webhooks.get(written.result()).webhook());
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    Written<UUID> written = webhooks.delete(caller.get(), uuid(id), match);
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }

  private Response answer(ResponseBuilder response, WebhookView webhook) {
    return exchange.edited(response, webhooks.get(webhook.id()).version(), webhook);
  }

  /** Whose webhooks the caller sees; null for everybody's. */
  private @Nullable UUID own() {
    return caller.grant() == Grant.TEAM ? null : caller.get().partner();
  }

  /** Whose a new one is: an admin says it, a partner need not. Null is told by the body. */
  private @Nullable UUID partner(JsonBody body) {
    UUID own = own();
    if (own == null) {
      body.required("partner");
    }
    UUID named = WebhookRequest.partner(body);
    if (named != null && !isPartner(named.toString(), own)) {
      body.error("partner", "unknown_partner", UNKNOWN_PARTNER);
    }
    return own == null ? named : own;
  }

  /** Of others a partner must not know whether they are there. */
  private boolean isPartner(String id, @Nullable UUID own) {
    return UUID_FORM.matcher(id).matches()
        && (own == null ? webhooks.isPartner(UUID.fromString(id)) : own.toString().equals(id));
  }

  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException nothingHasIt) {
      throw Webhooks.notFound();
    }
  }
}
