package fr.digital113.directory.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A read that takes as long as a test wants. Only tests have it. */
@Path("/streamed/held")
public class HeldResource {
  static final AtomicInteger RUNS = new AtomicInteger();
  static final Semaphore MAY_GO_ON = new Semaphore(0);

  private final Exchange exchange;
  private final NewestVersion newest;

  HeldResource(Exchange exchange, NewestVersion newest) {
    this.exchange = exchange;
    this.newest = newest;
  }

  @GET
  @Path("kept")
  public Response kept() throws InterruptedException {
    hold();
    return exchange.answer(Objects.requireNonNull(newest.get()), () -> List.of("kept"));
  }

  @GET
  @Path("unshared")
  public Response unshared() throws InterruptedException {
    hold();
    return exchange.unshared(Response.ok("[\"unshared\"]"));
  }

  private static void hold() throws InterruptedException {
    RUNS.incrementAndGet();
    if (!MAY_GO_ON.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody lets it go on");
    }
  }
}
