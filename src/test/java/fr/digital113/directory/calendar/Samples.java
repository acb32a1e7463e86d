package fr.digital113.directory.calendar;

import fr.digital113.directory.calendar.CalendarEntry.Details;
import fr.digital113.directory.calendar.CalendarEntry.Organizer;
import fr.digital113.directory.calendar.CalendarEntry.Point;
import fr.digital113.directory.calendar.CalendarEntry.Status;
import fr.digital113.directory.calendar.Series.Change;
import fr.digital113.directory.values.Moments;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries of every kind, fictional, for readers of calendars to agree on. */
final class Samples {
  static final Instant FROM = paris("2026-01-01T00:00");
  static final Instant TO = paris("2029-01-01T00:00");
  static final Instant MODIFIED = Instant.parse("2026-02-03T04:05:06Z");
  static final String HOSTILE =
      "Réunion; \"fictive\", \\n d'avenir\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:x\rX:y\u2028Z:\u0085\u0000\u001b\t🎉\ud800 fin";

  private static final Details DETAILS =
      new Details("Réunion fictive", null, null, null, null, null);

  static final Organizer ORGANIZER =
      new Organizer("Factory fictive", URI.create("https://example.org/factories/fictive"));

  private Samples() {}

  static Instant paris(String local) {
    return ZonedDateTime.of(LocalDateTime.parse(local), Moments.ZONE).toInstant();
  }

  static Series series(String start, String end, @Nullable String rule, Change... changes) {
    return new Series(
        paris(start), paris(end), rule == null ? null : new Recurrence(rule), List.of(changes));
  }

  static CalendarEntry entry(String uid, Series series) {
    return entry(uid, series, Status.CONFIRMED);
  }

  static CalendarEntry entry(String uid, Series series, Status status) {
    return new CalendarEntry(
        uid, 0, MODIFIED, series, status, DETAILS, List.of(), ORGANIZER, Map.of());
  }

  static List<CalendarEntry> all() {
    List<CalendarEntry> all = new ArrayList<>();
    all.addAll(rules());
    all.addAll(changes());
    all.addAll(changesOfTheClocks());
    all.addAll(single());
    return all;
  }

  private static List<CalendarEntry> rules() {
    return List.of(
        entry("daily", series("2020-01-01T10:00", "2020-01-01T11:00", "FREQ=DAILY")),
        entry("third-day", series("2025-12-30T23:30", "2025-12-31T00:30", "FREQ=DAILY;INTERVAL=3")),
        entry(
            "school-days",
            series(
                "2025-09-01T08:30",
                "2025-09-01T09:00",
                "FREQ=DAILY;BYMONTH=9,10,11,12,1,2,3,4,5,6;BYDAY=MO,TU,TH,FR")),
        entry(
            "several-days",
            series("2026-01-06T18:00", "2026-01-06T20:00", "FREQ=WEEKLY;BYDAY=TU,TH,SU")),
        entry(
            "second-weeks",
            series("2026-01-06T18:00", "2026-01-06T20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU")),
        entry(
            "second-weeks-from-sunday",
            series(
                "2026-01-06T18:00",
                "2026-01-06T20:00",
                "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU")),
        entry("day-31", series("2025-12-31T18:00", "2025-12-31T19:00", "FREQ=MONTHLY")),
        entry(
            "last-days",
            series("2025-12-30T18:00", "2025-12-30T19:00", "FREQ=MONTHLY;BYMONTHDAY=-1,-2")),
        entry(
            "last-friday",
            series("2026-01-30T18:00", "2026-01-30T19:00", "FREQ=MONTHLY;BYDAY=-1FR")),
        entry(
            "first-monday",
            series("2026-01-05T08:00", "2026-01-05T09:30", "FREQ=MONTHLY;BYDAY=1MO")),
        entry(
            "last-working-day",
            series(
                "2026-01-30T16:00",
                "2026-01-30T17:00",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")),
        entry("leap-day", series("2024-02-29T10:00", "2024-02-29T11:00", "FREQ=YEARLY")),
        entry(
            "second-leap-day",
            series("2024-02-29T10:00", "2024-02-29T11:00", "FREQ=YEARLY;INTERVAL=2;COUNT=2")),
        entry(
            "yearly-days",
            series(
                "2026-03-15T10:00",
                "2026-03-15T11:00",
                "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=15,28")),
        entry(
            "yearly-thursday",
            series("2026-11-05T18:00", "2026-11-05T20:00", "FREQ=YEARLY;BYMONTH=11;BYDAY=1TH")),
        entry("count", series("2026-03-02T18:00", "2026-03-02T19:00", "FREQ=WEEKLY;COUNT=10")),
        entry(
            "until-instant",
            series("2026-03-02T18:00", "2026-03-02T19:00", "FREQ=WEEKLY;UNTIL=20260330T160000Z")),
        entry(
            "until-day",
            series("2026-10-05T18:00", "2026-10-05T19:00", "FREQ=WEEKLY;UNTIL=20261102")));
  }

  private static List<CalendarEntry> changes() {
    String rule = "FREQ=WEEKLY;BYDAY=TU";
    Instant first = paris("2026-01-06T18:00");
    Instant march = paris("2026-03-31T18:00");
    Series moved =
        series(
            "2026-01-06T18:00",
            "2026-01-06T20:00",
            rule,
            new Change(first, false, paris("2026-01-07T09:00"), null),
            new Change(march, false, paris("2026-03-29T01:30"), paris("2026-03-29T03:30")),
            new Change(paris("2026-06-02T18:00"), false, null, paris("2026-06-02T23:00")),
            new Change(
                paris("2026-10-27T18:00"), false, Instant.parse("2026-10-25T01:15:00Z"), null),
            new Change(paris("2028-12-26T18:00"), false, paris("2029-02-01T18:00"), null),
            new Change(paris("2029-01-09T18:00"), false, paris("2026-05-14T18:00"), null),
            new Change(paris("2026-05-13T18:00"), false, paris("2026-05-15T18:00"), null));
    Series cancelled =
        series(
            "2026-01-06T18:00",
            "2026-01-06T20:00",
            rule,
            new Change(first, true, null, null),
            new Change(paris("2026-03-24T18:00"), true, null, null),
            new Change(march, true, paris("2026-04-01T18:00"), null));
    CalendarEntry said =
        new CalendarEntry(
            "said",
            7,
            MODIFIED,
            series("2026-01-06T18:00", "2026-01-06T20:00", rule),
            Status.CONFIRMED,
            DETAILS,
            List.of(),
            ORGANIZER,
            Map.of(
                march,
                new Details("Réunion fictive ailleurs", null, "Castelfictif", null, null, null)));
    return List.of(
        entry("moved", moved),
        entry("cancelled", cancelled),
        said,
        entry(
            "all-cancelled",
            series("2026-05-05T18:00", "2026-05-05T20:00", rule),
            Status.CANCELLED),
        entry("tentative", series("2026-05-05T18:00", "2026-05-05T20:00", rule), Status.TENTATIVE));
  }

  private static List<CalendarEntry> changesOfTheClocks() {
    Instant gap = paris("2027-03-28T02:30");
    return List.of(
        entry("gap", series("2026-03-28T02:30", "2026-03-28T03:30", "FREQ=DAILY;COUNT=4")),
        entry("twice", series("2026-10-24T02:30", "2026-10-24T03:30", "FREQ=DAILY;COUNT=4")),
        entry("nightly", series("2025-01-01T02:00", "2025-01-01T02:59:59", "FREQ=DAILY")),
        entry("sundays", series("2026-01-04T02:59:59", "2026-01-04T03:30", "FREQ=WEEKLY")),
        entry("from-twice", series("2026-10-25T02:30", "2026-10-25T04:00", "FREQ=WEEKLY")),
        entry(
            "until-twice", series("2026-10-24T22:00", "2026-10-25T02:00", "FREQ=WEEKLY;BYDAY=SA")),
        entry("nights", series("2026-03-21T20:00", "2026-03-22T06:00", "FREQ=WEEKLY")),
        entry("long-night", series("2026-10-24T20:00", "2026-10-25T06:00", "FREQ=WEEKLY")),
        entry(
            "weekends",
            series("2026-10-24T14:00", "2026-10-25T12:00", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SA")),
        entry("two-days", series("2026-03-27T09:00", "2026-03-29T09:00", "FREQ=WEEKLY;COUNT=40")),
        entry(
            "gap-changed",
            series(
                "2026-03-22T02:30",
                "2026-03-22T03:30",
                "FREQ=WEEKLY",
                new Change(paris("2026-03-29T02:30"), true, null, null),
                new Change(gap, false, gap.plusSeconds(3_600), null))));
  }

  private static List<CalendarEntry> single() {
    Instant second = Instant.parse("2026-10-25T01:30:00Z");
    CalendarEntry full =
        new CalendarEntry(
            "full@example.org",
            3,
            MODIFIED,
            series("2026-11-05T18:00", "2026-11-05T20:00", null),
            Status.CONFIRMED,
            new Details(
                "Soirée fictive",
                "Deux lignes\nà lire; avec, des signes \\ « »",
                "12 rue Imaginaire, Castelfictif",
                new Point(43.6045, 1.444),
                URI.create("https://example.org/réunions/fictive;a=1?b=1,2"),
                URI.create("https://visio.example.org/salle-fictive")),
            List.of("Objets connectés", "Santé, soin; bien-être"),
            new Organizer(
                "Factory \"fictive\" ^; IoT", URI.create("https://example.org/factories/iot")),
            Map.of());
    CalendarEntry hostile =
        new CalendarEntry(
            "hostile\r\nUID:x",
            1,
            MODIFIED,
            series("2026-11-05T18:00", "2026-11-05T18:00", null),
            Status.TENTATIVE,
            new Details(HOSTILE, HOSTILE.repeat(300), HOSTILE, null, null, null),
            List.of(HOSTILE),
            new Organizer(HOSTILE, URI.create("https://example.org/")),
            Map.of());
    return List.of(
        entry("once", series("2026-03-29T01:00", "2026-03-29T05:00", null)),
        entry("once-first", series("2026-10-25T02:30", "2026-10-25T03:30", null)),
        entry("once-second", Series.once(second, second.plusSeconds(1_800))),
        entry(
            "once-cancelled",
            series("2026-11-05T18:00", "2026-11-05T20:00", null),
            Status.CANCELLED),
        entry("once-before", series("2025-12-31T22:00", "2026-01-01T00:30", null)),
        full,
        hostile);
  }
}
