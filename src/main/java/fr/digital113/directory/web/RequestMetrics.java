package fr.digital113.directory.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts every request by route, method, status and source, with the time until its answer begins:
 * how long a reader takes to read is not ours, and a live stream never ends. Costs about as much as
 * the date of an answer: what is answered at once, from memory or by a refusal, is seen when the
 * other filters are through, and takes no handler.
 */
@Singleton
class RequestMetrics {
  static final String NAME = "directory.http.request.duration";

  /** Before all others. */
  private static final int PRIORITY = 410;

  /** Behind all that may answer on the event loop. */
  private static final int BEHIND_THE_FILTERS = 210;

  private static final String KEY = RequestMetrics.class.getName();
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final int METHOD_BITS = 4;

  /** Of a caller who left before there was an answer. */
  private static final int LEFT = 0;

  private static final Duration[] BOUNDS =
      List.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Route ofTheServer = new Route("/q/*");
  private final Route other = new Route("other");

  /** What is known of a request on its way. */
  private static final class Tracked extends AtomicBoolean {
    private static final long serialVersionUID = 1L;

    private final long started = System.nanoTime();
    private transient volatile @Nullable Route route;
    private boolean fromMemory;
    private boolean followed;
  }

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
    filters.register(this::handOver, BEHIND_THE_FILTERS);
  }

  private void handle(RoutingContext exchange) {
    Tracked tracked = new Tracked();
    exchange.put(KEY, tracked);
    exchange.next();
    if (!tracked.followed && exchange.response().ended()) {
      count(exchange, tracked, exchange.response().getStatusCode());
    }
  }

  private void handOver(RoutingContext exchange) {
    RequestId.putIntoLog(exchange);
    follow(exchange);
    exchange.next();
  }

  /** From here on the answer may come at any time, from any thread. */
  void follow(RoutingContext exchange) {
    Tracked tracked = exchange.get(KEY);
    if (tracked != null && !tracked.followed) {
      tracked.followed = true;
      exchange.addHeadersEndHandler(
          headed -> count(exchange, tracked, exchange.response().getStatusCode()));
      exchange.addEndHandler(over -> count(exchange, tracked, LEFT));
    }
  }

  /** Of what the router refuses before any filter has seen it. */
  void refusedAtOnce(RoutingContext exchange) {
    if (exchange.get(KEY) == null) {
      count(exchange, new Tracked(), exchange.response().getStatusCode());
    }
  }

  /** The resource that a request has found. */
  void found(RoutingContext exchange, String template) {
    Tracked tracked = exchange.get(KEY);
    if (tracked != null) {
      tracked.route = routes.computeIfAbsent(template, Route::new);
    }
  }

  /** Where a request went; null when it has found no resource. */
  @Nullable Route route(RoutingContext exchange) {
    Tracked tracked = exchange.get(KEY);
    return tracked == null ? null : tracked.route;
  }

  /** A request is answered by what another one, to that route, was answered. */
  void fromMemory(RoutingContext exchange, @Nullable Route route) {
    Tracked tracked = exchange.get(KEY);
    if (tracked != null) {
      tracked.route = route;
      tracked.fromMemory = true;
    }
  }

  private void count(RoutingContext exchange, Tracked tracked, int status) {
    if (!tracked.compareAndSet(false, true)) {
      return;
    }
    long nanos = System.nanoTime() - tracked.started;
    Route found = tracked.route;
    Route route = found != null ? found : withoutResource(exchange.request().path());
    int method = METHODS.indexOf(exchange.request().method().name()) + 1;
    boolean memory = tracked.fromMemory;
    int key = (status << METHOD_BITS + 1) + (method << 1) + (memory ? 1 : 0);
    route
        .timer(key, unknown -> timer(route, method, status, memory))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Route withoutResource(@Nullable String path) {
    return path != null && path.startsWith("/q/") ? ofTheServer : other;
  }

  private Timer timer(Route route, int method, int status, boolean memory) {
    return Timer.builder(NAME)
        .description("Requests, and the time until their answer begins")
        .tag("route", route.template())
        .tag("method", method == 0 ? "other" : METHODS.get(method - 1))
        .tag("status", status == LEFT ? "left" : Integer.toString(status))
        .tag("source", memory ? "memory" : "program")
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
