package fr.digital113.directory.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Cuts off bodies that arrive by drops, each of which the server's idle timeout takes for life: a
 * body has some seconds, and more only as it grows. Slow headers end by the idle timeout, which
 * counts whole messages only.
 */
@Singleton
class SlowBodies {
  private static final int PRIORITY = 230;
  private static final int CHECKS = 4;

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
    HttpServerRequest request = exchange.request();
    if (request.isEnded() || exchange.response().closed()) {
      exchange.vertx().cancelTimer(timer);
    } else if (isLate(exchange, started)) {
      exchange.vertx().cancelTimer(timer);
      cut(exchange);
    }
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
