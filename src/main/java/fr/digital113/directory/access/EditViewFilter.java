package fr.digital113.directory.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Asks for the admin key where a public path is read as editors read it. */
@Provider
@Priority(Priorities.AUTHENTICATION)
class EditViewFilter implements ContainerRequestFilter {
  private final AdminFilter admin;

  EditViewFilter(AdminFilter admin) {
    this.admin = admin;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if ("edit".equals(request.getUriInfo().getQueryParameters().getFirst("view"))) {
      admin.filter(request);
    }
  }
}
