package fr.digital113.directory.calendar;

import fr.digital113.directory.calendar.CalendarEntry.Details;
import fr.digital113.directory.calendar.CalendarEntry.Status;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A published calendar as calendar programs subscribe to it: {@code text/calendar} of RFC 5545 with
 * the properties of RFC 7986. The same name, language, source and entries in the same order are
 * always the same bytes.
 *
 * <p>A cancelled occurrence stays in the calendar, as one of its own with {@code STATUS:CANCELLED},
 * and not as an {@code EXDATE}. Apple, Fastmail and Nextcloud then show it crossed out, which tells
 * people that it was called off; Google and Android, where this is how an occurrence is taken out
 * of a series, hide it. With an {@code EXDATE} it would vanish without a word, and with both,
 * programs differ in which counts. Those that know no status (Outlook, and some on phones) read it
 * in the title.
 *
 * @param name what the calendar is called where it is subscribed to
 * @param source where it is fetched from; null not to tell
 */
public record CalendarFile(String name, Language language, @Nullable URI source) {
  private static final Text CANCELLED = new Text("Annulé : ", "Cancelled: ");
  private static final String REFRESHED = "PT1H";
  private static final String TZID = ";TZID=" + Moments.ZONE.getId();

  // The rules of the Union since 1996 (directive 2000/84/EC); ours is no calendar of before.
  private static final String[][] TIME_ZONE = {
    {"BEGIN", "VTIMEZONE"},
    {"TZID", Moments.ZONE.getId()},
    {"BEGIN", "DAYLIGHT"},
    {"TZNAME", "CEST"},
    {"TZOFFSETFROM", "+0100"},
    {"TZOFFSETTO", "+0200"},
    {"DTSTART", "19960331T020000"},
    {"RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"},
    {"END", "DAYLIGHT"},
    {"BEGIN", "STANDARD"},
    {"TZNAME", "CET"},
    {"TZOFFSETFROM", "+0200"},
    {"TZOFFSETTO", "+0100"},
    {"DTSTART", "19961027T030000"},
    {"RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
    {"END", "STANDARD"},
    {"END", "VTIMEZONE"}
  };

  /** The whole file, in UTF-8. */
  public byte[] write(Iterable<CalendarEntry> entries) {
    ContentLines lines = new ContentLines();
    lines.begin("VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.line("PRODID", "-//Digital113//Directory//" + language.name());
    lines.line("CALSCALE", "GREGORIAN");
    lines.line("METHOD", "PUBLISH");
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.line("X-WR-TIMEZONE", Moments.ZONE.getId());
    lines.line("REFRESH-INTERVAL;VALUE=DURATION", REFRESHED);
    lines.line("X-PUBLISHED-TTL", REFRESHED);
    if (source != null) {
      lines.uri("SOURCE;VALUE=URI", source);
      lines.uri("URL", source);
    }
    for (String[] line : TIME_ZONE) {
      lines.line(line[0], line[1]);
    }
    entries.forEach(entry -> write(entry, lines));
    lines.end("VCALENDAR");
    return lines.bytes();
  }

  private void write(CalendarEntry entry, ContentLines lines) {
    Series series = entry.series();
    Recurrence rule = series.rule();
    if (entry.parts().rest()) {
      begin(entry, lines);
      if (rule == null) {
        writeTimes(series.start(), series.end(), lines);
      } else {
        writeTimes(series, rule, lines);
        writeLeftOut(entry, lines);
      }
      writeDetails(entry, entry.details(), entry.status(), lines);
      lines.end("VEVENT");
    }
    if (rule != null) {
      writeSingled(entry, lines);
    }
  }

  /** What takes place, but not in this calendar, was not called off: here it is none. */
  private static void writeLeftOut(CalendarEntry entry, ContentLines lines) {
    for (Instant recurrenceId : entry.series().named(entry.parts().without()).keySet()) {
      lines.line("EXDATE" + TZID, Calendars.local(planned(entry.series(), recurrenceId)));
    }
  }

  /** The occurrences that are not as the others, or not read alike. */
  private void writeSingled(CalendarEntry entry, ContentLines lines) {
    Series series = entry.series();
    Set<Instant> singled = new HashSet<>(entry.changed().keySet());
    series.changes().forEach(change -> singled.add(change.recurrenceId()));
    if (entry.parts().rest()) {
      singled.addAll(ClockChanges.occurrences(series, entry.lastModified()));
    }
    singled.removeAll(entry.parts().without());
    series
        .named(singled)
        .forEach(
            (recurrenceId, occurrence) -> {
              Details details =
                  Objects.requireNonNull(
                      entry.changed().getOrDefault(recurrenceId, entry.details()));
              Status status =
                  occurrence.cancelled()
                      ? Status.CANCELLED
                      : Objects.requireNonNull(
                          entry.statuses().getOrDefault(recurrenceId, entry.status()));
              begin(entry, lines);
              lines.line("RECURRENCE-ID" + TZID, Calendars.local(planned(series, recurrenceId)));
              writeTimes(occurrence.start(), occurrence.end(), lines);
              writeDetails(entry, details, status, lines);
              lines.end("VEVENT");
            });
  }

  /**
   * The time on the clocks that the rule has, be it one that is left out that night: that is how
   * programs know the occurrence again.
   */
  private static LocalDateTime planned(Series series, Instant recurrenceId) {
    return Calendars.local(recurrenceId)
        .toLocalDate()
        .atTime(Calendars.local(series.start()).toLocalTime());
  }

  private static void begin(CalendarEntry entry, ContentLines lines) {
    String modified = Calendars.utc(entry.lastModified());
    lines.begin("VEVENT");
    lines.text("UID", entry.uid());
    lines.line("DTSTAMP", modified);
    lines.line("LAST-MODIFIED", modified);
    lines.line("SEQUENCE", Integer.toString(entry.sequence()));
  }

  private static void writeTimes(Series series, Recurrence rule, ContentLines lines) {
    LocalDateTime start = Calendars.local(series.start());
    lines.line("DTSTART" + TZID, Calendars.local(start));
    if (Calendars.isTwice(series.start())) {
      // A reader that takes the second of the two hours would count the time to the end wrong.
      lines.line("DURATION", duration(series.length()));
    } else {
      writeEnd(series.start(), series.end(), lines);
    }
    lines.line("RRULE", rule.writtenFrom(start.toLocalDate()));
  }

  private static void writeTimes(Instant start, Instant end, ContentLines lines) {
    writeTime("DTSTART", start, lines);
    writeEnd(start, end, lines);
  }

  /** An end with the start is none (RFC 5545, 3.8.2.2). */
  private static void writeEnd(Instant start, Instant end, ContentLines lines) {
    if (end.isAfter(start)) {
      writeTime("DTEND", end, lines);
    }
  }

  /** In hours at most, which are exact where days are not (RFC 5545, 3.3.6). */
  private static String duration(Duration length) {
    return "PT%dH%dM%dS"
        .formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
  }

  /** On the clocks, or in UTC when the clocks show it twice. */
  private static void writeTime(String name, Instant time, ContentLines lines) {
    if (Calendars.isTwice(time)) {
      lines.line(name, Calendars.utc(time));
    } else {
      lines.line(name + TZID, Calendars.local(Calendars.local(time)));
    }
  }

  private void writeDetails(
      CalendarEntry entry, Details details, Status status, ContentLines lines) {
    String prefix = status == Status.CANCELLED ? CANCELLED.in(language) : "";
    lines.line("STATUS", status.name());
    lines.text("SUMMARY", prefix + details.summary());
    if (details.description() != null) {
      lines.text("DESCRIPTION", details.description());
    }
    if (details.location() != null) {
      lines.text("LOCATION", details.location());
    }
    CalendarEntry.Point point = details.point();
    if (point != null) {
      lines.line("GEO", String.format(Locale.ROOT, "%.6f;%.6f", point.lat(), point.lon()));
    }
    writeLinks(details, lines);
    if (!entry.categories().isEmpty()) {
      lines.texts("CATEGORIES", entry.categories());
    }
    CalendarEntry.Organizer organizer = entry.organizer();
    lines.uri("ORGANIZER;CN=" + ContentLines.quoted(organizer.name()), organizer.address());
  }

  /** Hardly a program knows CONFERENCE yet, and many know URL. */
  private static void writeLinks(Details details, ContentLines lines) {
    URI link = details.page() == null ? details.conference() : details.page();
    if (link != null) {
      lines.uri("URL;VALUE=URI", link);
    }
    if (details.conference() != null) {
      lines.uri("CONFERENCE;VALUE=URI;FEATURE=VIDEO", details.conference());
    }
  }
}
