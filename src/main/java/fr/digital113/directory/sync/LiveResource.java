package fr.digital113.directory.sync;

import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** Changes as they happen (server-sent events). */
@Path("/v1/changes/stream")
public class LiveResource {
  private final LiveStreams streams;
  private final Sync sync;
  private final Exchange exchange;
  private final RoutingContext routing;

  LiveResource(LiveStreams streams, Sync sync, Exchange exchange, RoutingContext routing) {
    this.streams = streams;
    this.sync = sync;
    this.exchange = exchange;
    this.routing = routing;
  }

  /** From {@code Last-Event-ID} or {@code token} on; without them from now on. */
  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> stream(@Context Sse sse) {
    QueryParameters parameters = exchange.parameters();
    String asked = parameters.text("token");
    String last = exchange.header("Last-Event-ID"); // of a browser that comes back: it is newer
    String client = exchange.client();
    SyncToken position =
        sync.position(client, parameters, last == null || last.isEmpty() ? asked : last);
    Multi<OutboundSseEvent> events = streams.from(position, client, routing.response(), sse);
    routing
        .response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no"); // nginx would hold events back
    return events;
  }
}
