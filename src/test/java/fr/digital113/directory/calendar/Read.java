package fr.digital113.directory.calendar;

import fr.digital113.directory.calendar.CalendarEntry.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An occurrence as whoever reads a calendar sees it, in the names of the API. */
record Read(String uid, @Nullable String recurrenceId, Instant start, Instant end, String status) {
  static final Comparator<Read> ORDER =
      Comparator.comparing(Read::start)
          .thenComparing(Read::uid)
          .thenComparing(Read::recurrenceId, Comparator.nullsFirst(Comparator.naturalOrder()));

  Read(CalendarEntry entry, Occurrence occurrence) {
    this(
        entry.uid(),
        occurrence.recurrenceId() == null ? null : Calendars.utc(occurrence.recurrenceId()),
        occurrence.start(),
        occurrence.end(),
        (occurrence.cancelled() ? Status.CANCELLED : entry.status())
            .name()
            .toLowerCase(Locale.ROOT));
  }

  /** What there is to read of entries in a window. */
  static List<Read> expected(Collection<CalendarEntry> entries, Instant from, Instant to) {
    return entries.stream()
        .flatMap(entry -> entry.series().occurrences(from, to).map(each -> new Read(entry, each)))
        .sorted(ORDER)
        .toList();
  }
}
