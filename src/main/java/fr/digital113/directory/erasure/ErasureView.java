package fr.digital113.directory.erasure;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure as JSON: how much was found where, and nothing of what.
 *
 * @param terms how many ways of writing were looked for
 * @param replayedAt when it was done again after a restore
 */
record ErasureView(
    UUID id,
    OffsetDateTime at,
    String actor,
    String reason,
    int terms,
    long total,
    List<Count> places,
    @Nullable OffsetDateTime replayedAt) {

  /**
   * One place.
   *
   * @param name table and column, or {@code index} or {@code uploads}
   * @param rows how many rows, documents or files
   */
  record Count(String name, long rows) {}

  /** What a search found. */
  record Search(boolean dryRun, long total, List<Count> places) {
    static Search of(Map<String, Long> counts) {
      return new Search(true, sum(counts), list(counts));
    }
  }

  static List<Count> list(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> new Count(each.getKey(), each.getValue()))
        .toList();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
