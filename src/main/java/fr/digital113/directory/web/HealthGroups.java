package fr.digital113.directory.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses groups of health checks. There are none, and the framework says that a group without
 * checks is up, whatever its name: who mistypes an address would watch nothing.
 */
@Singleton
class HealthGroups {
  private static final int PRIORITY = 245;
  private static final String GROUPS = "/q/health/group";

  private final Refusals refusals;

  HealthGroups(Refusals refusals) {
    this.refusals = refusals;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    String path = exchange.normalizedPath();
    if (path.equals(GROUPS) || path.startsWith(GROUPS + "/")) {
      refusals.refuse(
          exchange, new ProblemException(ProblemType.NOT_FOUND, ProblemMappers.NOTHING_HERE));
    } else {
      exchange.next();
    }
  }
}
