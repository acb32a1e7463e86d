package fr.digital113.directory.calendar;

import fr.digital113.directory.values.Moments;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The occurrences that calendar programs read differently: those of the hour that is left out or
 * there twice when the clocks are changed, and those that last across it. RFC 5545 says when they
 * are (3.3.5, 3.8.5.3), and ical4j does it. ical.js takes the second of two hours that are alike,
 * the offset after a gap, and lets what recurs end at the same time on the clocks always. A
 * calendar that says of each when it is leaves nothing to read differently.
 */
final class ClockChanges {
  /** Nobody plans further, and a calendar is fetched again long before. */
  private static final Duration FORESIGHT = Duration.ofDays(3653);

  private static final Duration HOUR = Duration.ofHours(1);

  private ClockChanges() {}

  /**
   * The names of the occurrences concerned, up to ten years ahead. It depends on what is given
   * only, so that the same calendar is always the same text.
   *
   * @param known when the series was last looked at
   */
  static List<Instant> occurrences(Series series, Instant known) {
    if (isByDay(series)) {
      return List.of();
    }
    Series planned = new Series(series.start(), series.end(), series.rule(), List.of());
    Instant end = (known.isAfter(series.start()) ? known : series.start()).plus(FORESIGHT);
    ZoneRules rules = Moments.ZONE.getRules();
    Instant begin = series.start().minus(HOUR);
    return Stream.iterate(
            rules.nextTransition(begin),
            change -> change != null && change.getInstant().isBefore(end),
            change -> rules.nextTransition(change.getInstant()))
        .map(ZoneOffsetTransition::getInstant)
        // The second more: an end with the first second of an hour that comes twice is in doubt.
        .flatMap(at -> planned.occurrences(at.minus(HOUR).minusSeconds(1), at.plus(HOUR)))
        .map(each -> Objects.requireNonNull(each.recurrenceId()))
        .distinct()
        .toList();
  }

  /** Whether it begins after the hour of the changes and ends before that of the next day. */
  private static boolean isByDay(Series series) {
    Duration begin = Duration.ofNanos(Calendars.local(series.start()).toLocalTime().toNanoOfDay());
    return begin.compareTo(HOUR.multipliedBy(3)) >= 0
        && begin.plus(series.length()).compareTo(HOUR.multipliedBy(26)) < 0;
  }
}
