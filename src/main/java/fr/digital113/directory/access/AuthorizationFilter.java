package fr.digital113.directory.access;

import fr.digital113.directory.web.Endpoint;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Lets a request pass to its resource when {@link AccessRules} say so, before its body is read. */
@Provider
@Priority(Priorities.AUTHORIZATION)
class AuthorizationFilter implements ContainerRequestFilter {
  private final CurrentCaller current;
  private final AccessTable table;
  private final AccessDecision decision;

  @Context
  @SuppressWarnings("NullAway.Init") // set by the framework, for each request its own
  ResourceInfo resource;

  AuthorizationFilter(CurrentCaller current, AccessTable table, AccessDecision decision) {
    this.current = current;
    this.table = table;
    this.decision = decision;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller = current.get();
    Endpoint endpoint = Endpoint.of(resource.getResourceClass(), resource.getResourceMethod());
    Rule row =
        table.of(endpoint.method(), endpoint.path()).orElseThrow(() -> decision.denied(caller));
    Rule rule = isEditView(request) ? row.closed() : row;
    String ref = ref(endpoint, request);
    if (rule.open()) {
      // Only who asks for it pays for finding out whether the thing is the caller's own.
      current.granted(() -> decision.grant(rule, caller, ref));
    } else {
      Grant grant = decision.grant(rule, caller, ref);
      current.granted(() -> grant);
    }
  }

  /** What is public to read is not so in the shape that editors read. */
  private static boolean isEditView(ContainerRequestContext request) {
    return "edit".equals(request.getUriInfo().getQueryParameters().getFirst("view"));
  }

  private static @Nullable String ref(Endpoint endpoint, ContainerRequestContext request) {
    String name = endpoint.firstPlaceholder();
    return name == null ? null : request.getUriInfo().getPathParameters().getFirst(name);
  }
}
