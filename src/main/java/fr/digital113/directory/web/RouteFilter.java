package fr.digital113.directory.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Tells {@link RequestMetrics} which resource a request has found, also one that is refused it. */
@Provider
@Priority(Priorities.AUTHENTICATION - 1)
class RouteFilter implements ContainerRequestFilter {
  private final RequestMetrics metrics;
  private final CurrentVertxRequest current;

  @Context
  @SuppressWarnings("NullAway.Init") // set by the framework, for each request its own
  ResourceInfo resource;

  RouteFilter(RequestMetrics metrics, CurrentVertxRequest current) {
    this.metrics = metrics;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    metrics.found(
        current.getCurrent(),
        Endpoint.of(resource.getResourceClass(), resource.getResourceMethod()).path());
  }
}
