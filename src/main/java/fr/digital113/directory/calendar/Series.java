package fr.digital113.directory.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * When something takes place: once, or again and again.
 *
 * <p>Each occurrence lasts exactly as long as the first, across a change of the clocks too (RFC
 * 5545, 3.8.5.3, for a start and an end). Calendars know whole seconds; parts of them are left out.
 *
 * @param start of the first occurrence; {@link Recurrence#startsWith} must hold
 * @param end of the first occurrence
 * @param rule null for what takes place once, whose changes count for nothing
 * @param changes what became of single occurrences; one that the rule does not have, or no longer,
 *     counts for nothing. Of two for the same occurrence the last counts
 */
public record Series(Instant start, Instant end, @Nullable Recurrence rule, List<Change> changes) {

  /**
   * What became of one occurrence.
   *
   * @param recurrenceId when the rule has it start
   * @param start when it starts instead, or null for as planned
   * @param end when it ends instead, or null for after the usual time
   */
  public record Change(
      Instant recurrenceId, boolean cancelled, @Nullable Instant start, @Nullable Instant end) {

    public Change {
      start = start == null ? null : start.truncatedTo(ChronoUnit.SECONDS);
      end = end == null ? null : end.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /**
   * @throws IllegalArgumentException when the end is before the start
   */
  public Series {
    start = start.truncatedTo(ChronoUnit.SECONDS);
    end = end.truncatedTo(ChronoUnit.SECONDS);
    changes = List.copyOf(changes);
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("ends at " + end + ", before it starts at " + start);
    }
  }

  /** Something that takes place once. */
  public static Series once(Instant start, Instant end) {
    return new Series(start, end, null, List.of());
  }

  /**
   * The occurrences of which a part lies in [from, to), cancelled ones too, in the order of the
   * times at which they start after all. They are found one by one; a window bounds a rule without
   * end.
   */
  public Stream<Occurrence> occurrences(Instant from, Instant to) {
    if (rule == null) {
      return Stream.of(single()).filter(each -> each.overlaps(from, to));
    }
    Walk walk = new Walk(this, rule, from, to);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** The occurrence of this name; null when the rule has none. */
  public @Nullable Occurrence occurrence(Instant recurrenceId) {
    return named(List.of(recurrenceId)).get(recurrenceId);
  }

  /**
   * The occurrences of these names that the rule has, in the order of their names. Many are looked
   * for in one walk: the way to each anew is long.
   */
  public SortedMap<Instant, Occurrence> named(Collection<Instant> recurrenceIds) {
    SortedMap<Instant, Occurrence> named = new TreeMap<>();
    if (rule != null && !recurrenceIds.isEmpty()) {
      Map<Instant, Change> changes = changesByOccurrence();
      for (Instant name : rule.startsAmong(start, recurrenceIds)) {
        Change change = changes.get(name);
        named.put(name, change == null ? planned(name) : changed(change));
      }
    }
    return named;
  }

  Duration length() {
    return Duration.between(start, end);
  }

  Map<Instant, Change> changesByOccurrence() {
    Map<Instant, Change> byOccurrence = new LinkedHashMap<>();
    changes.forEach(change -> byOccurrence.put(change.recurrenceId(), change));
    return byOccurrence;
  }

  /** Those of the changed occurrences that the rule has and that lie within. */
  List<Occurrence> changed(Recurrence rule, Collection<Change> changes, Instant from, Instant to) {
    Map<Instant, Occurrence> within = new HashMap<>();
    changes.stream()
        .map(this::changed)
        .filter(each -> each.overlaps(from, to))
        .forEach(each -> within.put(Objects.requireNonNull(each.recurrenceId()), each));
    return rule.startsAmong(start, within.keySet()).stream()
        .map(name -> Objects.requireNonNull(within.get(name)))
        .toList();
  }

  Occurrence planned(Instant start) {
    return new Occurrence(start, start, start.plus(length()), false, false);
  }

  private Occurrence changed(Change change) {
    Occurrence planned = planned(change.recurrenceId());
    Instant start = change.start() == null ? planned.start() : change.start();
    Instant end = change.end() == null ? start.plus(length()) : change.end();
    boolean moved = !start.equals(planned.start()) || !end.equals(planned.end());
    return new Occurrence(change.recurrenceId(), start, end, change.cancelled(), moved);
  }

  private Occurrence single() {
    return new Occurrence(null, start, end, false, false);
  }
}
