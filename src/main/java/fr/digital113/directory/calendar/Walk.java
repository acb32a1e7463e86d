package fr.digital113.directory.calendar;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Goes through a window of a series: merges what the rule has with what was changed. */
final class Walk implements Iterator<Occurrence> {
  private static final Comparator<Occurrence> BY_START =
      Comparator.comparing(Occurrence::start)
          .thenComparing(
              Occurrence::recurrenceId, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Series series;
  private final Map<Instant, Series.Change> changes;
  private final Instant from;
  private final Instant to;
  private final Iterator<Instant> starts;
  private final Deque<Occurrence> changed = new ArrayDeque<>();
  private @Nullable Occurrence planned;

  Walk(Series series, Recurrence rule, Instant from, Instant to) {
    this.series = series;
    this.changes = series.changesByOccurrence();
    this.from = from;
    this.to = to;
    this.starts = rule.starts(series.start(), from.minus(series.length()));
    series.changed(rule, changes.values(), from, to).stream()
        .sorted(BY_START)
        .forEach(changed::add);
    this.planned = nextPlanned();
  }

  @Override
  public boolean hasNext() {
    return planned != null || !changed.isEmpty();
  }

  @Override
  public Occurrence next() {
    Occurrence next = planned;
    Occurrence other = changed.peek();
    if (next != null && (other == null || BY_START.compare(next, other) < 0)) {
      planned = nextPlanned();
      return next;
    }
    if (other == null) {
      throw new NoSuchElementException();
    }
    return changed.remove();
  }

  private @Nullable Occurrence nextPlanned() {
    while (starts.hasNext()) {
      Occurrence next = series.planned(starts.next());
      if (!next.start().isBefore(to)) {
        return null;
      }
      if (next.overlaps(from, to) && !changes.containsKey(next.start())) {
        return next;
      }
    }
    return null;
  }
}
