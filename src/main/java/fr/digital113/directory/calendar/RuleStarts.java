package fr.digital113.directory.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * The starts that a rule gives. It is followed in time on the clocks, and each result then put into
 * the time zone, as RFC 5545 (3.3.10) says.
 */
final class RuleStarts implements Iterator<Instant> {
  /** From here on it pays to leap. */
  private static final Duration FAR = Duration.ofDays(30);

  private final @Nullable Instant until;
  private @Nullable RecurrenceRuleIterator days;
  private @Nullable Instant next;

  RuleStarts(RuleText rule, Instant first, Instant notBefore) {
    this.until = rule.until();
    try {
      days = rule.endless().iterator(dateTime(Calendars.local(first)));
    } catch (InvalidRecurrenceRuleException impossible) {
      throw new IllegalStateException(rule.canonical(), impossible);
    } catch (IllegalArgumentException | IllegalStateException noMore) {
      days = null;
    }
    if (notBefore.isAfter(first)) {
      fastForward(notBefore);
    }
    advance();
    skipTo(notBefore);
  }

  /** Skips what lies before an instant. */
  void skipTo(Instant notBefore) {
    if (next != null && next.isBefore(notBefore.minus(FAR))) {
      fastForward(notBefore);
    }
    while (next != null && next.isBefore(notBefore)) {
      advance();
    }
  }

  /** The clocks may be ahead of what they will be: better a day too early than one too late. */
  private void fastForward(Instant notBefore) {
    try {
      if (days != null) {
        days.fastForward(dateTime(Calendars.local(notBefore).minusDays(1)));
      }
    } catch (IllegalArgumentException | IllegalStateException noMore) {
      days = null;
    }
  }

  /** What {@link #next} gives next; null for nothing. */
  @Nullable Instant peek() {
    return next;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Instant next() {
    Instant result = next;
    if (result == null) {
      throw new NoSuchElementException();
    }
    advance();
    return result;
  }

  private void advance() {
    next = null;
    try {
      if (days != null && days.hasNext()) {
        Instant start = Calendars.instant(time(days.nextDateTime()));
        if (until == null || !start.isAfter(until)) {
          next = start;
        }
      }
    } catch (IllegalArgumentException | IllegalStateException noMore) {
      // lib-recur gives up so when a rule had nothing to give for a thousand turns.
      days = null;
    }
  }

  /** Months are counted from 0 there. */
  private static DateTime dateTime(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime time(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }
}
