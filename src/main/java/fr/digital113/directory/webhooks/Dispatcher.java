package fr.digital113.directory.webhooks;

import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.sync.Sync;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Gives webhooks their turns, on threads of its own. One thread looks whether the index has moved,
 * and every second whether anything else is due; those that have waited longest are the next, of
 * each partner a few at once.
 */
@Singleton
class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final int BEHIND_THE_INDEX = 3_100;
  private static final int TICK_MILLIS = 200;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int PATIENCE_SECONDS = 5;

  private final Sync sync;
  private final DirectoryIndex index;
  private final Progress progress;
  private final Webhooks webhooks;
  private final Delivering delivering;
  private final Deliveries log;
  private final WebhookSettings settings;
  private final InstantSource clock;
  private final Map<UUID, Integer> running = new HashMap<>();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(threads("webhooks"));
  private final ExecutorService working;
  private volatile boolean again = true;
  private boolean waiting;
  private long seen = -1;
  private Instant polled = Instant.MIN;

  @Inject
  Dispatcher(
      Sync sync,
      DirectoryIndex index,
      Progress progress,
      Webhooks webhooks,
      Delivering delivering,
      Deliveries log,
      WebhookSettings settings) {
    this(sync, index, progress, webhooks, delivering, log, settings, InstantSource.system());
  }

  Dispatcher(
      Sync sync,
      DirectoryIndex index,
      Progress progress,
      Webhooks webhooks,
      Delivering delivering,
      Deliveries log,
      WebhookSettings settings,
      InstantSource clock) {
    this.sync = sync;
    this.index = index;
    this.progress = progress;
    this.webhooks = webhooks;
    this.delivering = delivering;
    this.log = log;
    this.settings = settings;
    this.clock = clock;
    this.working = Executors.newFixedThreadPool(settings.threads(), threads("webhook-delivery"));
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void begin(@Observes @Priority(BEHIND_THE_INDEX) StartupEvent event) {
    if (settings.deliver()) {
      start();
    }
  }

  void start() {
    var unused =
        ticking.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Turns that run may end what they are at; what they cannot write down is told again. */
  void stop(@Observes ShutdownEvent event) {
    stop();
  }

  void stop() {
    ticking.shutdownNow();
    working.shutdown();
    try {
      if (!working.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        working.shutdownNow();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    try {
      long revision = revision();
      Instant now = clock.instant();
      if (again || revision != seen || !now.isBefore(polled.plus(POLL)) || now.isBefore(polled)) {
        again = false;
        seen = revision;
        polled = now;
        giveTurns();
        waiting = false;
      }
    } catch (RuntimeException | Error failure) {
      if (!waiting) { // the database is away, say: once is enough
        LOG.warnf("Webhooks wait (%s)", failure.getMessage());
      }
      waiting = true;
    }
  }

  private long revision() {
    try (Snapshot snapshot = index.acquire()) {
      return snapshot.appliedRevision();
    }
  }

  private void giveTurns() {
    while (hasFreeThread()) {
      Optional<Claim> claim = claim(busy());
      if (claim.isEmpty()) {
        return;
      }
      Claim turn = claim.get();
      count(turn.partner(), 1);
      working.execute(
          () -> {
            try {
              run(turn);
            } catch (RuntimeException | Error failure) {
              LOG.warnf("Webhook %s waits (%s)", turn.webhook(), failure.getMessage());
            } finally {
              count(turn.partner(), -1);
              again = true;
            }
          });
    }
  }

  /** Gives turns on this thread until nothing is due. Returns how many events were told. */
  int deliverDue() {
    int told = 0;
    for (Optional<Claim> claim = claim(List.of()); claim.isPresent(); claim = claim(List.of())) {
      told += run(claim.get());
    }
    return told;
  }

  /** Takes the next webhook that has anything to be told. */
  Optional<Claim> claim(List<UUID> busy) {
    try (Snapshot snapshot = index.acquire()) {
      return progress.claim(snapshot.epoch(), snapshot.appliedRevision(), busy, clock.instant());
    }
  }

  private int run(Claim claim) {
    return new Run(sync, progress, webhooks, delivering, log, clock, claim).go();
  }

  private synchronized boolean hasFreeThread() {
    return running.values().stream().mapToInt(Integer::intValue).sum() < settings.threads();
  }

  private synchronized List<UUID> busy() {
    List<UUID> busy = new ArrayList<>();
    running.forEach(
        (partner, count) -> {
          if (count >= settings.threadsPerPartner()) {
            busy.add(partner);
          }
        });
    return busy;
  }

  private synchronized void count(UUID partner, int change) {
    running.merge(partner, change, (before, each) -> before + each == 0 ? null : before + each);
  }
}
