package fr.digital113.directory.statistics;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/** Computes vintages beside everything else, in any process that is free. */
@Singleton
class VintageWorker {
  private static final Logger LOG = Logger.getLogger(VintageWorker.class);
  private static final int BEHIND_THE_INDEX = 3_200;
  private static final int POLL_SECONDS = 5;

  private final VintagePublisher publisher;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "vintages");
            daemon.setDaemon(true);
            return daemon;
          });

  VintageWorker(VintagePublisher publisher) {
    this.publisher = publisher;
  }

  void atStart(@Observes @Priority(BEHIND_THE_INDEX) StartupEvent event) {
    var unused = thread.scheduleWithFixedDelay(this::work, 0, POLL_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks at once whether one waits. */
  void wake() {
    thread.execute(this::work);
  }

  private void work() {
    try {
      while (publisher.next()) {
        LOG.debug("One more vintage may wait");
      }
    } catch (RuntimeException failure) { // the database is away, or goes: again at the next poll
      Level level = thread.isShutdown() ? Level.DEBUG : Level.WARN; // an end interrupts it
      LOG.log(level, "A vintage could not be computed; it is tried again", failure);
    }
  }

  void atStop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }
}
