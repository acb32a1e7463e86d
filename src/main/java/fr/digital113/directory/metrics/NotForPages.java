package fr.digital113.directory.metrics;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Web pages get nothing from the management port. The server would let every page read it, and an
 * operator's browser reaches addresses that the page's own machine does not.
 */
@Singleton
class NotForPages {
  private static final int BEFORE_ALL = Integer.MIN_VALUE;

  void register(@Observes ManagementInterface management) {
    management.router().route().order(BEFORE_ALL).handler(NotForPages::refuse);
  }

  private static void refuse(RoutingContext exchange) {
    if (exchange.request().getHeader(HttpHeaders.ORIGIN) == null) {
      exchange.next();
    } else {
      exchange.response().headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
      exchange.response().setStatusCode(403).end();
    }
  }
}
