package fr.digital113.directory.calendar;

import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Moments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * A recurrence rule of RFC 5545 (3.3.10), such as {@code FREQ=WEEKLY;INTERVAL=2;BYDAY=TU}. {@link
 * ReadAlike} says which rules are taken. Days and times are those of the clocks in {@link
 * Moments#ZONE}.
 *
 * @param text the rule in its canonical form
 */
public record Recurrence(String text) {

  /**
   * @throws IllegalArgumentException for a text that {@link #of} refuses
   */
  public Recurrence {
    try {
      text = canonical(text);
    } catch (BadValueException bad) {
      throw new IllegalArgumentException(text + ": " + bad.reason().en(), bad);
    }
  }

  /** The rule that somebody wrote. */
  public static Recurrence of(String text) throws BadValueException {
    return new Recurrence(canonical(text));
  }

  /**
   * The one text of a rule, however it was written: parts in their order, {@code UNTIL} in UTC,
   * nothing that goes without saying. The canonical text of a canonical text is itself.
   */
  public static String canonical(String text) throws BadValueException {
    return RuleText.of(text).canonical();
  }

  /**
   * Whether a series can start so: its start is the first occurrence of the rule. RFC 5545
   * (3.8.5.3) counts the start of a series always, but leaves open what comes of one that does not
   * match. Nor may it be the second of two hours that the clocks show alike, which {@code DTSTART}
   * cannot say.
   */
  public boolean startsWith(ZonedDateTime start) {
    Instant first = start.toInstant();
    Iterator<Instant> starts = starts(first, first);
    return starts.hasNext() && starts.next().equals(first);
  }

  /** The rule as a calendar has it whose series begins on this day. */
  String writtenFrom(LocalDate first) {
    return RuleText.ofCanonical(text).writtenFrom(first);
  }

  /**
   * The starts of the occurrences, in their order; for most rules they never end.
   *
   * @param first the start of the series
   * @param notBefore where to begin; what lies before is skipped
   */
  Iterator<Instant> starts(Instant first, Instant notBefore) {
    return new RuleStarts(RuleText.ofCanonical(text), first, notBefore);
  }

  /**
   * Those of some instants at which an occurrence starts, in their order.
   *
   * @param first the start of the series
   */
  List<Instant> startsAmong(Instant first, Collection<Instant> instants) {
    List<Instant> found = new ArrayList<>();
    TreeSet<Instant> sought = new TreeSet<>(instants);
    if (!sought.isEmpty()) {
      RuleStarts starts = new RuleStarts(RuleText.ofCanonical(text), first, sought.first());
      for (Instant each : sought) {
        starts.skipTo(each);
        if (each.equals(starts.peek())) {
          found.add(each);
        }
      }
    }
    return found;
  }
}
