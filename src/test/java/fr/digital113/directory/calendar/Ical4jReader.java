package fr.digital113.directory.calendar;

import fr.digital113.directory.values.Moments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.RecurrenceId;
import org.jspecify.annotations.Nullable;

/** Reads and expands a calendar with ical4j, which knows nothing of how it was written. */
final class Ical4jReader {
  private Ical4jReader() {}

  static Calendar parse(byte[] file) {
    try {
      return new CalendarBuilder().build(new ByteArrayInputStream(file));
    } catch (IOException | ParserException unreadable) {
      throw new AssertionError("ical4j does not read it", unreadable);
    }
  }

  /** The occurrences of which a part lies in [from, to), in their order. */
  static List<Read> read(byte[] file, Instant from, Instant to) {
    Map<String, List<VEvent>> events = new LinkedHashMap<>();
    for (VEvent event : parse(file).<VEvent>getComponents(Component.VEVENT)) {
      events.computeIfAbsent(value(event, Property.UID), uid -> new ArrayList<>()).add(event);
    }
    return events.values().stream()
        .flatMap(each -> expand(each, to))
        .filter(read -> read.start().isBefore(to))
        .filter(read -> read.end().isAfter(from) || !read.start().isBefore(from))
        .sorted(Read.ORDER)
        .toList();
  }

  private static Stream<Read> expand(List<VEvent> events, Instant to) {
    // By the time on the clocks, as they are written: of two hours that are alike ical4j takes the
    // one with the offset that the series began with.
    Map<LocalDateTime, VEvent> singled = new HashMap<>();
    VEvent master = events.get(0);
    for (VEvent event : events) {
      Optional<RecurrenceId<Temporal>> id = event.getProperty(Property.RECURRENCE_ID);
      id.ifPresent(each -> singled.put(Calendars.local(instant(each.getDate())), event));
    }
    if (master.getProperty(Property.RRULE).isEmpty()) {
      return Stream.of(read(master, null));
    }
    // So long that what was moved from after the window is found.
    ZonedDateTime end = to.atZone(Moments.ZONE).plusYears(1);
    ZonedDateTime start = date(master, Property.DTSTART).atZone(Moments.ZONE).minusDays(1);
    return master.<ZonedDateTime>calculateRecurrenceSet(new Period<>(start, end)).stream()
        .map(
            period -> {
              Instant planned = instant(period.getStart());
              VEvent own = singled.remove(Calendars.local(planned));
              return own != null
                  ? read(own, Calendars.utc(date(own, Property.RECURRENCE_ID)))
                  : new Read(
                      value(master, Property.UID),
                      Calendars.utc(planned),
                      planned,
                      instant(period.getEnd()),
                      status(master));
            });
  }

  private static Read read(VEvent event, @Nullable String recurrenceId) {
    Instant start = date(event, Property.DTSTART);
    boolean ends = event.getProperty(Property.DTEND).isPresent();
    Instant end = ends ? date(event, Property.DTEND) : start;
    return new Read(value(event, Property.UID), recurrenceId, start, end, status(event));
  }

  private static Instant date(VEvent event, String name) {
    DateProperty<Temporal> property = event.getRequiredProperty(name);
    return instant(property.getDate());
  }

  private static Instant instant(Temporal date) {
    return Instant.from(date).truncatedTo(ChronoUnit.SECONDS);
  }

  static String value(VEvent event, String name) {
    return event.getRequiredProperty(name).getValue();
  }

  private static String status(VEvent event) {
    return value(event, Property.STATUS).toLowerCase(Locale.ROOT);
  }
}
