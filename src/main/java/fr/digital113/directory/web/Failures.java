package fr.digital113.directory.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * What fails outside of any resource, for instance a static file or the Host. In place of the
 * server's own pages, which show an error's name and are no problem documents.
 */
@Singleton
class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  /** Before the server's own, which is last. */
  private static final int ORDER = -200;

  private final Refusals refusals;
  private final RequestMetrics metrics;

  Failures(Refusals refusals, RequestMetrics metrics) {
    this.refusals = refusals;
    this.metrics = metrics;
  }

  void register(@Observes Router router) {
    router.route().order(ORDER).failureHandler(this::handle);
  }

  private void handle(RoutingContext exchange) {
    if (exchange.response().headWritten()) {
      exchange.next();
      return;
    }
    // The router refuses some requests, such as those without a Host, before any filter
    EveryAnswer.head(exchange);
    Cors.letRead(exchange.response());
    ProblemType type = ProblemMappers.typeOf(exchange.statusCode());
    if (type == null) {
      type = ProblemType.INTERNAL_ERROR;
      LOG.errorf(exchange.failure(), "%s failed", exchange.request().method());
    }
    refusals.refuse(exchange, new ProblemException(type, type.title()));
    metrics.refusedAtOnce(exchange);
  }
}
