package fr.digital113.directory.webhooks;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.PrivatePage;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.webhooks.Webhooks.Found;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be done with a webhook: try it, look at its deliveries, replay, change its secret. */
@Path("/v1/webhooks/{id}")
@Produces(MediaType.APPLICATION_JSON)
class WebhookActionResource {
  private static final int DEFAULT_OVERLAP_HOURS = 24;
  private static final int MAX_OVERLAP_HOURS = 7 * 24;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Webhooks webhooks;
  private final Replays replays;
  private final Pings pings;
  private final Deliveries deliveries;
  private final Exchange exchange;
  private final CurrentCaller caller;

  WebhookActionResource(
      Webhooks webhooks,
      Replays replays,
      Pings pings,
      Deliveries deliveries,
      Exchange exchange,
      CurrentCaller caller) {
    this.webhooks = webhooks;
    this.replays = replays;
    this.pings = pings;
    this.deliveries = deliveries;
    this.exchange = exchange;
    this.caller = caller;
  }

  /** An event to try the receiver, delivered before this answers. */
  @POST
  @Path("ping")
  public Response ping(@PathParam("id") String id) {
    exchange.parameters().check();
    return exchange.unshared(
        Response.ok(pings.send(webhooks.get(WebhookResource.uuid(id)).webhook())));
  }

  @GET
  @Path("deliveries")
  public Response deliveries(@PathParam("id") String id) {
    QueryParameters parameters = exchange.parameters();
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    String cursor = PrivatePage.cursor(asked, NUMBER);
    UUID webhook = webhooks.get(WebhookResource.uuid(id)).webhook().id();
    return PrivatePage.respond(
        exchange,
        asked,
        deliveries.count(webhook),
        deliveries.list(webhook, cursor == null ? null : Long.valueOf(cursor), asked.limit()),
        each -> Long.toString(each.id()),
        each -> each);
  }

  /** Tells again what changed since a revision or a moment. */
  @POST
  @Path("replay")
  public Response replay(@PathParam("id") String id, InputStream sent) {
    exchange.parameters().check();
    UUID webhook = webhooks.get(WebhookResource.uuid(id)).webhook().id();
    JsonBody body = JsonBody.of(JsonRequest.read(exchange, sent).json());
    Integer revision = body.integer("fromRevision", 1, Integer.MAX_VALUE);
    OffsetDateTime since = body.past("since");
    if (body.has("fromRevision") == body.has("since")) {
      body.error(
          "",
          "one_of_two",
          new Text("Il faut fromRevision ou since.", "Either fromRevision or since is needed."));
    }
    body.check();
    Written<UUID> written =
        revision != null
            ? replays.replay(caller.get(), webhook, "fromRevision", revision - 1L)
            : replays.replay(caller.get(), webhook, "since", before(since));
    Found found = webhooks.get(webhook);
    return exchange.edited(
        Response.accepted().header(Writes.REVISION, written.revision()),
        found.version(),
        found.webhook());
  }

  private long before(@Nullable OffsetDateTime since) {
    return since == null ? 0 : replays.lastBefore(since.toInstant());
  }

  /** A new secret at once; the old one signs as well for a while. */
  @POST
  @Path("rotate-secret")
  public Response rotate(@PathParam("id") String id, InputStream sent) {
    exchange.parameters().check();
    UUID webhook = webhooks.get(WebhookResource.uuid(id)).webhook().id();
    JsonRequest request = JsonRequest.readIfThere(exchange, sent);
    JsonBody body = JsonBody.of(request.json());
    Integer asked = body.integer("overlapHours", 0, MAX_OVERLAP_HOURS);
    body.check();
    Written<WebhookView> written =
        webhooks.rotate(
            caller.get(),
            Idempotency.of(exchange, caller.get(), request),
            webhook,
            asked == null ? DEFAULT_OVERLAP_HOURS : asked);
    return exchange.edited(
        Response.ok().header(Writes.REVISION, written.revision()),
        webhooks.get(webhook).version(),
        written.result());
  }
}
