package fr.digital113.directory.testsupport;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that came as far as the resources, with a thread of their own. */
@Provider
@PreMatching
public class Reached implements ContainerRequestFilter {
  private static final AtomicLong COUNT = new AtomicLong();

  /** How many did so far. */
  public static long count() {
    return COUNT.get();
  }

  @Override
  public void filter(ContainerRequestContext request) {
    COUNT.incrementAndGet();
  }
}
