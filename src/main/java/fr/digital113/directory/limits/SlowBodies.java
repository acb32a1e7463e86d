package fr.digital113.directory.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cuts off bodies that arrive by drops, each of which the server's idle timeout takes for life: a
 * body has some seconds, and more only as it grows. Slow headers end by the idle timeout, which
 * counts whole messages only.
 */
@Singleton
class SlowBodies {
  private static final int PRIORITY = 230;
  private static final int CHECKS = 4;
  private static final Set<HttpMethod> READ =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** In the exchange: the program has read the body to its end. */
  private static final String WHOLE = SlowBodies.class.getName();

  private final Duration timeout;
  private final long bytesPerSecond;

  SlowBodies(LimitSettings settings) {
    this.timeout = settings.bodyTimeout();
    this.bytesPerSecond = settings.bodyRate().asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    if (hasBody(exchange.request())) {
      long started = System.nanoTime();
      exchange.put(WHOLE, new AtomicBoolean());
      exchange
          .vertx()
          .setPeriodic(
              Math.max(1, timeout.toMillis() / CHECKS), timer -> check(exchange, timer, started));
    }
    exchange.next();
  }

  private static boolean hasBody(HttpServerRequest request) {
    return !request.isEnded()
        && (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            || request.version() == HttpVersion.HTTP_2);
  }

  private void check(RoutingContext exchange, long timer, long started) {
    if (hasArrived(exchange) || exchange.response().closed()) {
      exchange.vertx().cancelTimer(timer);
    } else if (isAwaited(exchange) && isLate(exchange, started)) {
      exchange.vertx().cancelTimer(timer);
      cut(exchange);
    }
  }

  /** Notes that the body was read to its end, which the server may never see. */
  static void noteWhole(RoutingContext exchange) {
    AtomicBoolean whole = exchange.get(WHOLE);
    if (whole != null) {
      whole.set(true);
    }
  }

  /**
   * The end of a body counts for the server once it was asked for: the program, which has all of
   * it, asks no more.
   */
  private static boolean hasArrived(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    AtomicBoolean whole = exchange.get(WHOLE);
    return request.isEnded()
        || whole.get()
        || length != null && request.bytesRead() >= Long.parseLong(length);
  }

  /**
   * Nothing reads the body of a GET, and over HTTP/2 even an empty one has no end that was asked
   * for: its time begins with the end of the answer, which may be a stream of hours.
   */
  private static boolean isAwaited(RoutingContext exchange) {
    return READ.contains(exchange.request().method()) || exchange.response().ended();
  }

  /** What nobody will read any more, since the answer is out, gets no more time by growing. */
  private boolean isLate(RoutingContext exchange, long started) {
    long more = exchange.response().ended() ? 0 : exchange.request().bytesRead() / bytesPerSecond;
    return System.nanoTime() - started > timeout.plusSeconds(more).toNanos();
  }

  /** Ends the connection, or its stream when others share the connection. */
  static void cut(RoutingContext exchange) {
    if (exchange.request().version() == HttpVersion.HTTP_2) {
      exchange.response().reset();
    } else {
      exchange.request().connection().close();
    }
  }
}
