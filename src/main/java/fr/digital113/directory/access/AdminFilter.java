package fr.digital113.directory.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

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
    request.setSecurityContext(new Admin(request.getSecurityContext().isSecure()));
  }

  /** Who the change log says it was. */
  private record Admin(boolean isSecure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> "admin key";
    }

    @Override
    public boolean isUserInRole(String role) {
      return role.equals("admin");
    }

    @Override
    public String getAuthenticationScheme() {
      return "ApiKey";
    }
  }
}
