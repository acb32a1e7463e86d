package fr.digital113.directory.index;

import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.database.DirectDatabase;
import fr.digital113.directory.database.ProgramMode;
import fr.digital113.directory.database.StartupFailure;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Follows the log for both indexes, each by a thread of its own, so that neither waits for the
 * other: the public one from the start, the private one from when the team first asks.
 */
@Singleton
public class IndexFollower {
  /**
   * Content must be in the database before the index is opened: reference and demonstration data
   * load earlier.
   */
  public static final int START_PRIORITY = 3_000;

  private static final Logger LOG = Logger.getLogger(IndexFollower.class);

  private final FollowedIndex everybody;
  private final Follower ofEverybody;
  private final Follower ofTheTeam;

  IndexFollower(DirectoryIndex index, DirectDatabase database) {
    everybody = index.of(Visibility.PUBLIC);
    ofEverybody = new Follower(everybody, database, new CountDownLatch(0));
    ofTheTeam = new Follower(index.of(Visibility.PRIVATE), database, index.teamAsked());
  }

  void start(@Observes @Priority(START_PRIORITY) StartupEvent event) {
    try (Ending ending = new Ending()) {
      everybody.open(ending);
    } catch (ViewUntilTheEnd.EndingException nobodyWillRead) {
      throw ProgramMode.ended();
    } catch (UncheckedIOException failure) {
      LOG.debug("The index cannot be opened", failure);
      // Of this exception Quarkus prints the message alone, and exits.
      throw new ConfigurationException(
          "The index in %s cannot be opened or written (%s). What is in that folder may be deleted: it is built again."
              .formatted(everybody.folder(), StartupFailure.reason(failure)));
    }
    ofEverybody.start("index-follower");
    ofTheTeam.start("private-index-follower");
  }

  void stop(@Observes ShutdownEvent event) throws IOException, InterruptedException {
    try {
      ofTheTeam.stop();
    } finally {
      ofEverybody.stop();
    }
  }

  /** Whether the log was read lately: a server that hangs counts as away. */
  public boolean isDatabaseUp() {
    return ofEverybody.isDatabaseUp();
  }

  /** Whether the process is being ended, which the framework tells only who has started. */
  private static final class Ending implements BooleanSupplier, AutoCloseable {
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Thread hook = new Thread(() -> asked.set(true));

    Ending() {
      try {
        Runtime.getRuntime().addShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        asked.set(true);
      }
    }

    @Override
    public boolean getAsBoolean() {
      return asked.get();
    }

    @Override
    public void close() {
      if (!asked.get()) {
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingNow) {
          asked.set(true);
        }
      }
    }
  }
}
