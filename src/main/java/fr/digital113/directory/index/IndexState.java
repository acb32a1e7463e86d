package fr.digital113.directory.index;

import fr.digital113.directory.changes.LogHead;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which revision an index holds; kept in each Lucene commit.
 *
 * @param publicAt when the newest public revision was committed
 * @param erasures how many erasures of persons its files have forgotten
 */
record IndexState(
    String epoch, long revision, long publicRevision, Instant publicAt, long erasures) {
  /**
   * Raise the number when fields or representations change: an index of another version is rebuilt.
   */
  static final String VERSION = "5." + Synonyms.EDITION;

  static IndexState of(LogHead head) {
    return new IndexState(
        head.epoch(), head.revision(), head.publicRevision(), head.publicAt(), head.erasures());
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
        Long.parseLong(publicRevision),
        Instant.parse(commit.getOrDefault("publicAt", Instant.EPOCH.toString())),
        Long.parseLong(commit.getOrDefault("erasures", "0")));
  }

  /** Whether the database has lost revisions that this state holds. */
  boolean isAheadOf(LogHead head) {
    return epoch.equals(head.epoch()) && revision > head.revision();
  }

  Map<String, String> toCommit() {
    return Map.of(
        "version",
        VERSION,
        "epoch",
        epoch,
        "revision",
        Long.toString(revision),
        "publicRevision",
        Long.toString(publicRevision),
        "publicAt",
        publicAt.toString(),
        "erasures",
        Long.toString(erasures));
  }
}
