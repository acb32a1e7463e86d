package fr.digital113.directory.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Asks for the admin key where {@link AdminOnly} says so, before the body is read. */
@Provider
@AdminOnly
@Priority(Priorities.AUTHENTICATION)
class AdminFilter implements ContainerRequestFilter {
  private final AdminKeys adminKeys;

  AdminFilter(AdminKeys adminKeys) {
    this.adminKeys = adminKeys;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    adminKeys.require(request.getHeaderString("X-API-Key"));
  }
}
