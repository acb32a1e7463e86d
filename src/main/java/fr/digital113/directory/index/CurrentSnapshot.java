package fr.digital113.directory.index;

import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.LogHead;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Slots;
import fr.digital113.directory.web.Version;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The newest snapshot of an index, for readers, and for those who wait for a newer one. */
final class CurrentSnapshot {
  /** How many requests may wait at once: each holds a thread, of which there must be some left. */
  private static final int MOST_WAITING = 16;

  /** And of one client, so that none keeps the others from waiting. */
  private static final int MOST_WAITING_OF_A_CLIENT = 3;

  private final ChangeFeed feed;
  private final AtomicReference<@Nullable Snapshot> current = new AtomicReference<>();
  private final Object published = new Object(); // told of each new snapshot
  private final Slots waiting;

  CurrentSnapshot(Visibility side, ChangeFeed feed) {
    this.feed = feed;
    // The team may share one address, and has the private index for itself.
    this.waiting =
        new Slots(
            MOST_WAITING, side == Visibility.PUBLIC ? MOST_WAITING_OF_A_CLIENT : MOST_WAITING);
  }

  /** The newest snapshot, which the caller closes; null when there is none yet. */
  @Nullable Snapshot acquire() {
    while (true) {
      Snapshot snapshot = current.get();
      if (snapshot == null || snapshot.tryAcquire()) {
        return snapshot;
      }
    }
  }

  /**
   * The newest snapshot as soon as it holds a revision of an epoch, which the caller closes. Null
   * when none is in time, when the log does not have that revision, or when it would be one too
   * many that waits.
   *
   * @param epoch any epoch will do when it is null
   * @param client who waits
   */
  @Nullable Snapshot acquire(
      @Nullable String epoch, long revision, String client, Duration patience) {
    Supplier<@Nullable Snapshot> enough = () -> acquireIf(epoch, revision);
    Snapshot now = enough.get();
    if (now != null || !waiting.tryTake(client)) {
      return now;
    }
    try {
      return feed.head().revision() < revision ? null : await(enough, patience);
    } finally {
      waiting.giveBack(client);
    }
  }

  private @Nullable Snapshot acquireIf(@Nullable String epoch, long revision) {
    Snapshot now = acquire();
    if (now == null
        || now.appliedRevision() >= revision && (epoch == null || epoch.equals(now.epoch()))) {
      return now;
    }
    now.close();
    return null;
  }

  /** What there is as soon as there is some, after each new snapshot; null when time is up. */
  private <T> @Nullable T await(Supplier<@Nullable T> wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (published) {
      while (true) {
        T found = wanted.get();
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (found != null || left <= 0) {
          return found;
        }
        try {
          published.wait(left);
        } catch (InterruptedException stop) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
    }
  }

  /** What the newest snapshot is validated by; null when there is none yet. */
  @Nullable Version version() {
    Snapshot snapshot = current.get();
    return snapshot == null ? null : snapshot.version();
  }

  /** Whether there is one. */
  boolean isThere() {
    return current.get() != null;
  }

  /**
   * Waits for the follower to apply what is committed now.
   *
   * @return false when it is not all visible by then
   */
  boolean awaitCommitted(Duration patience) {
    LogHead head = feed.head();
    return await(() -> holds(head) ? head : null, patience) != null;
  }

  private boolean holds(LogHead head) {
    Snapshot snapshot = current.get();
    return snapshot != null
        && snapshot.epoch().equals(head.epoch())
        && snapshot.appliedRevision() >= head.revision();
  }

  /** Shows a newer one; the one before goes when its last reader is done. */
  void replace(Snapshot next) {
    Snapshot previous = current.getAndSet(next);
    synchronized (published) {
      published.notifyAll();
    }
    if (previous != null) {
      previous.close();
    }
  }

  /** From now on there is none. */
  void close() {
    Snapshot last = current.getAndSet(null);
    if (last != null) {
      last.close();
    }
  }
}
