package fr.digital113.directory.web;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down when only a restart helps: an event loop has not answered for a while, or threads wait for
 * each other for ever. A database that is away is neither. Asynchronous, so that it needs no worker
 * thread, all of which may be waiting for that database.
 */
@Liveness
@Singleton
class EventLoopsAlive implements AsyncHealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final List<Loop> loops;
  private final Duration patience;

  @Inject
  @SuppressWarnings("deprecation") // Netty's loops are nowhere else to be had
  EventLoopsAlive(Vertx vertx) {
    this(vertx.nettyEventLoopGroup(), PATIENCE);
  }

  EventLoopsAlive(EventExecutorGroup group, Duration patience) {
    this.loops = StreamSupport.stream(group.spliterator(), false).map(Loop::new).toList();
    this.patience = patience;
  }

  /** Each look asks all loops for a sign, which the next look finds. */
  @Override
  public Uni<HealthCheckResponse> call() {
    long stuck = loops.stream().filter(loop -> loop.isStuck(patience)).count();
    loops.forEach(Loop::ask);
    long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    int waiting = deadlocked == null ? 0 : deadlocked.length;
    return Uni.createFrom()
        .item(
            HealthCheckResponse.named("threads")
                .status(stuck == 0 && waiting == 0)
                .withData("stuckEventLoops", stuck)
                .withData("deadlockedThreads", waiting)
                .build());
  }

  private static final class Loop {
    private final EventExecutor executor;
    private boolean asked;
    private long since;

    Loop(EventExecutor executor) {
      this.executor = executor;
    }

    synchronized boolean isStuck(Duration patience) {
      return asked && System.nanoTime() - since > patience.toNanos();
    }

    synchronized void ask() {
      if (!asked && !executor.isShuttingDown()) {
        asked = true;
        since = System.nanoTime();
        executor.execute(this::answer);
      }
    }

    private synchronized void answer() {
      asked = false;
    }
  }
}
