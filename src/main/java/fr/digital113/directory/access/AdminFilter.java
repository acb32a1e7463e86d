package fr.digital113.directory.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Asks for the admin key where {@link AdminOnly} says so, before the body is read. */
@Provider
@AdminOnly
@Priority(Priorities.AUTHENTICATION)
class AdminFilter implements ContainerRequestFilter {
  private static final Caller ADMIN = new Caller("admin key", Set.of(Role.ADMIN), null, null);

  private final AdminKeys adminKeys;
  private final CurrentCaller current;

  AdminFilter(AdminKeys adminKeys, CurrentCaller current) {
    this.adminKeys = adminKeys;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    adminKeys.require(request.getHeaderString("X-API-Key"));
    current.set(ADMIN);
  }
}
