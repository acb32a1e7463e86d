package fr.digital113.directory.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the change log stands.
 *
 * @param epoch renewed when the database is restored; revisions of another epoch mean nothing
 * @param revision the newest revision
 * @param committedAt when it was committed, which tells it from another of the same number; null
 *     when there is none
 * @param publicRevision the newest revision that changed something public
 * @param publicAt when that was committed
 * @param erasures how many persons were erased: what has a copy of the log forgets what it no
 *     longer shows when this changes
 * @param feedHorizon up to this revision the public feed has the last state of each item alone
 * @param auditHorizon the same of the private images
 */
public record LogHead(
    String epoch,
    long revision,
    @Nullable Instant committedAt,
    long publicRevision,
    Instant publicAt,
    long erasures,
    long feedHorizon,
    long auditHorizon) {

  /** What whoever was told of this head has been promised. */
  public LogPosition position() {
    return new LogPosition(epoch, revision, committedAt, erasures);
  }

  /** Before this revision nobody can follow a side of the log step by step. */
  public long horizon(Visibility side) {
    return side == Visibility.PUBLIC ? feedHorizon : auditHorizon;
  }
}
