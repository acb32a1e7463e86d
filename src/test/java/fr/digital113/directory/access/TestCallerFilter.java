package fr.digital113.directory.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.UUID;

/**
 * In tests only: whoever has passed with the admin key may say that they are a member of a company
 * instead.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
public class TestCallerFilter implements ContainerRequestFilter {
  public static final String MEMBER_OF = "X-Test-Member-Of";

  private final CurrentCaller current;

  TestCallerFilter(CurrentCaller current) {
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String company = request.getHeaderString(MEMBER_OF);
    if (company != null && !current.get().roles().isEmpty()) {
      current.set(new Caller("user:member", Set.of(Role.MEMBER), UUID.fromString(company), null));
    }
  }
}
