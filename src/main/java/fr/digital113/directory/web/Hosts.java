package fr.digital113.directory.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses a request that does not say once for which host it is. The router has refused what is no
 * host name, and the server, with an empty 400, what is no URI.
 */
@Singleton
class Hosts {
  private static final int PRIORITY = 250;

  private final Refusals refusals;

  Hosts(Refusals refusals) {
    this.refusals = refusals;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (request.version() != null
        && request.authority() != null
        && request.headers().getAll(HttpHeaders.HOST).size() <= 1) {
      exchange.next();
    } else {
      refusals.refuse(
          exchange,
          new ProblemException(
              ProblemType.MALFORMED_REQUEST,
              new Text(
                  "L'en-tête Host manque ou est répété, ou la version de HTTP n'existe pas.",
                  "The Host header is missing or repeated, or there is no such version of HTTP.")));
    }
  }
}
