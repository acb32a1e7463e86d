package fr.digital113.directory.calendar;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time at which something takes place, or would have.
 *
 * @param recurrenceId when the rule has it start, whatever became of it; with the uid the name of
 *     the occurrence for good (RFC 5545, 3.8.4.4). Null for what does not recur
 * @param cancelled whether it was called off, and the others not
 * @param moved whether it starts or ends at another time than the rule has it
 */
public record Occurrence(
    @Nullable Instant recurrenceId, Instant start, Instant end, boolean cancelled, boolean moved) {

  /** Whether a part of it, or all when it lasts no time, lies within. */
  boolean overlaps(Instant from, Instant to) {
    return start.isBefore(to) && (end.isAfter(from) || !start.isBefore(from));
  }
}
