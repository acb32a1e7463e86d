package fr.digital113.directory.limits;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Refusals;
import fr.digital113.directory.web.Text;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * How large a body may be. One that says its size is refused before it is read; {@link
 * UnannouncedBodies} counts the others. The server's own limit is as large as the largest, and
 * answers without a body.
 */
@ApplicationScoped
class BodySizes {
  private static final int PRIORITY = 240;

  /**
   * How long an answer waits to be read before its connection is cut, with the rest of the body.
   */
  private static final long LINGER_MILLIS = 1_000;

  private final long common;
  private final List<LargeBody> large;
  private final Refusals refusals;

  BodySizes(LimitSettings settings, @All List<LargeBody> large, Refusals refusals) {
    this.common = settings.maxBodySize().asLongValue();
    this.large = large;
    this.refusals = refusals;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    long most = most(exchange);
    String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && isMore(length, most)) {
      endAfterAnswer(exchange);
      refusals.refuse(exchange, tooLarge(most));
    } else {
      exchange.next();
    }
  }

  /** The largest body that a request may have, in bytes. */
  long most(RoutingContext exchange) {
    if (exchange.request().method().equals(HttpMethod.POST)) {
      for (LargeBody each : large) {
        if (each.path().equals(exchange.normalizedPath())) {
          return each.maxSize();
        }
      }
    }
    return common;
  }

  private static boolean isMore(String length, long most) {
    return Long.parseLong(length) > most; // the server has refused what is no number
  }

  static ProblemException tooLarge(long most) {
    return new ProblemException(
        ProblemType.PAYLOAD_TOO_LARGE,
        new Text("Le corps dépasse %d octets.", "The body is larger than %d bytes.").with(most));
  }

  /** Ends the connection once the answer is out, so that nobody goes on sending. */
  static void endAfterAnswer(RoutingContext exchange) {
    exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    exchange.addEndHandler(
        ended -> {
          // Thrown away meanwhile: a client that sends before it reads would miss the answer
          exchange.request().resume();
          exchange.vertx().setTimer(LINGER_MILLIS, timer -> SlowBodies.cut(exchange));
        });
  }
}
