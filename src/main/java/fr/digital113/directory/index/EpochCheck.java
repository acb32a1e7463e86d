package fr.digital113.directory.index;

import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.LogHead;
import fr.digital113.directory.database.DataFolder;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import org.jboss.logging.Logger;

/**
 * Begins a new epoch when the database is older than what this process has seen of it, or when the
 * script says so that restored it: a backup was put back. Before anything is written, as new
 * revisions would soon hide that they are others.
 */
@Singleton
class EpochCheck {
  private static final Logger LOG = Logger.getLogger(EpochCheck.class);
  private static final int BEFORE_ANY_WRITE = 600;

  private final ChangeFeed feed;
  private final DataFolder dataFolder;

  EpochCheck(ChangeFeed feed, DataFolder dataFolder) {
    this.feed = feed;
    this.dataFolder = dataFolder;
  }

  void check(@Observes @Priority(BEFORE_ANY_WRITE) StartupEvent event) throws IOException {
    IndexState seen = IndexStore.lastCommit(dataFolder.index());
    LogHead head = feed.head();
    boolean restored = Files.exists(dataFolder.restored());
    if (restored || seen != null && seen.isLostBy(feed, head)) {
      LOG.warn("The database was put back to an older state; a new epoch begins");
      feed.renewEpoch(head.epoch());
    }
    if (restored) {
      Files.delete(dataFolder.restored()); // after it: a crash in between begins one epoch more
    }
  }
}
