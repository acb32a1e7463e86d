package fr.digital113.directory.index;

import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.LogHead;
import fr.digital113.directory.changes.LogPosition;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which revision an index holds; kept in each Lucene commit.
 *
 * @param committedAt when that revision was committed; null when there is none, or in a commit of
 *     before this was kept
 * @param publicAt when the newest public revision was committed
 * @param erasures how many erasures of persons its files have forgotten
 */
record IndexState(
    String epoch,
    long revision,
    @Nullable Instant committedAt,
    long publicRevision,
    Instant publicAt,
    long erasures) {
  /**
   * Raise the number when fields or representations change: an index of another version is rebuilt.
   */
  static final String VERSION = "9." + Synonyms.EDITION + JsonColumn.EDITION;

  static IndexState of(LogHead head) {
    return new IndexState(
        head.epoch(),
        head.revision(),
        head.committedAt(),
        head.publicRevision(),
        head.publicAt(),
        head.erasures());
  }

  LogPosition position() {
    return new LogPosition(epoch, revision, committedAt, erasures);
  }

  /** What a commit says, or null when it is of another version. */
  static @Nullable IndexState read(Map<String, String> commit) {
    return VERSION.equals(commit.get("version")) ? seen(commit) : null;
  }

  /** What a commit of any version says of the database; null when it says nothing. */
  static @Nullable IndexState seen(Map<String, String> commit) {
    String epoch = commit.get("epoch");
    String revision = commit.get("revision");
    String publicRevision = commit.get("publicRevision");
    if (epoch == null || revision == null || publicRevision == null) {
      return null;
    }
    return new IndexState(
        epoch,
        Long.parseLong(revision),
        instant(commit.getOrDefault("committedAt", "")),
        Long.parseLong(publicRevision),
        Instant.parse(commit.getOrDefault("publicAt", Instant.EPOCH.toString())),
        Long.parseLong(commit.getOrDefault("erasures", "0")));
  }

  private static @Nullable Instant instant(String text) {
    return text.isEmpty() ? null : Instant.parse(text);
  }

  /**
   * Whether the database has lost revisions that this state holds: it has fewer, or has given their
   * numbers to others since, as a standby does that became the primary without the last commits.
   */
  boolean isLostBy(ChangeFeed feed, LogHead head) {
    if (!epoch.equals(head.epoch()) || equals(of(head))) {
      return false;
    }
    return revision > head.revision() || isAnother(feed.committedAt(revision));
  }

  /** A revision that the log has forgotten is none that it has lost. */
  private boolean isAnother(@Nullable Instant committed) {
    return committedAt != null && committed != null && !committedAt.equals(committed);
  }

  Map<String, String> toCommit() {
    return Map.of(
        "version",
        VERSION,
        "epoch",
        epoch,
        "revision",
        Long.toString(revision),
        "committedAt",
        committedAt == null ? "" : committedAt.toString(),
        "publicRevision",
        Long.toString(publicRevision),
        "publicAt",
        publicAt.toString(),
        "erasures",
        Long.toString(erasures));
  }
}
