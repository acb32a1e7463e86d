package fr.digital113.directory.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.digital113.directory.calendar.CalendarEntry.Details;
import fr.digital113.directory.calendar.CalendarEntry.Status;
import fr.digital113.directory.calendar.Series.Change;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Language;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.ZoneRulesBuilder;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.validate.ValidationResult;
import org.junit.jupiter.api.Test;

class CalendarFileTest {
  private static final CalendarFile FILE =
      new CalendarFile(
          "Factory IoT, fictive", Language.FR, URI.create("https://example.org/v1/meetings.ics"));

  private static final String TIME_ZONE =
      """
      BEGIN:VTIMEZONE
      TZID:Europe/Paris
      BEGIN:DAYLIGHT
      TZNAME:CEST
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      DTSTART:19960331T020000
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
      END:DAYLIGHT
      BEGIN:STANDARD
      TZNAME:CET
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      DTSTART:19961027T030000
      RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
      END:STANDARD
      END:VTIMEZONE
      """;

  @Test
  void writesASingleEntry() {
    CalendarEntry entry = sample("full@example.org");
    assertThat(text(FILE, entry))
        .isEqualTo(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Digital113//Directory//FR
            CALSCALE:GREGORIAN
            METHOD:PUBLISH
            NAME:Factory IoT\\, fictive
            X-WR-CALNAME:Factory IoT\\, fictive
            X-WR-TIMEZONE:Europe/Paris
            REFRESH-INTERVAL;VALUE=DURATION:PT1H
            X-PUBLISHED-TTL:PT1H
            SOURCE;VALUE=URI:https://example.org/v1/meetings.ics
            URL:https://example.org/v1/meetings.ics
            """
                + TIME_ZONE
                + """
                BEGIN:VEVENT
                UID:full@example.org
                DTSTAMP:20260203T040506Z
                LAST-MODIFIED:20260203T040506Z
                SEQUENCE:3
                DTSTART;TZID=Europe/Paris:20261105T180000
                DTEND;TZID=Europe/Paris:20261105T200000
                STATUS:CONFIRMED
                SUMMARY:Soirée fictive
                DESCRIPTION:Deux lignes\\nà lire\\; avec\\, des signes \\\\ « »
                LOCATION:12 rue Imaginaire\\, Castelfictif
                GEO:43.604500;1.444000
                URL;VALUE=URI:https://example.org/r%C3%A9unions/fictive;a=1?b=1,2
                CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example.org/salle-fictive
                CATEGORIES:Objets connectés,Santé\\, soin\\; bien-être
                ORGANIZER;CN="Factory ^'fictive^' ^^; IoT":https://example.org/factories/iot
                END:VEVENT
                END:VCALENDAR
                """);
  }

  @Test
  void writesARecurringEntryWithWhatIsNotAsTheRuleHasIt() {
    Series series =
        Samples.series(
            "2026-01-06T18:00",
            "2026-01-06T20:00",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630",
            new Change(Samples.paris("2026-03-31T18:00"), true, null, null),
            new Change(
                Samples.paris("2026-02-03T18:00"), false, Samples.paris("2026-02-04T09:00"), null),
            new Change(Samples.paris("2026-02-11T18:00"), true, null, null));
    CalendarEntry entry =
        new CalendarEntry(
            "u",
            2,
            Samples.MODIFIED,
            series,
            Status.CONFIRMED,
            new Details("Réunion", null, null, null, null, null),
            List.of(),
            Samples.ORGANIZER,
            Map.of(
                Samples.paris("2026-02-10T18:00"),
                new Details("Ailleurs", null, "Castelfictif", null, null, null),
                Samples.paris("2026-07-07T18:00"),
                new Details("Après la fin", null, null, null, null, null)));
    assertThat(events(text(FILE, entry)))
        .isEqualTo(
            """
            BEGIN:VEVENT
            UID:u
            DTSTAMP:20260203T040506Z
            LAST-MODIFIED:20260203T040506Z
            SEQUENCE:2
            DTSTART;TZID=Europe/Paris:20260106T180000
            DTEND;TZID=Europe/Paris:20260106T200000
            RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z;BYDAY=TU
            STATUS:CONFIRMED
            SUMMARY:Réunion
            ORGANIZER;CN="Factory fictive":https://example.org/factories/fictive
            END:VEVENT
            BEGIN:VEVENT
            UID:u
            DTSTAMP:20260203T040506Z
            LAST-MODIFIED:20260203T040506Z
            SEQUENCE:2
            RECURRENCE-ID;TZID=Europe/Paris:20260203T180000
            DTSTART;TZID=Europe/Paris:20260204T090000
            DTEND;TZID=Europe/Paris:20260204T110000
            STATUS:CONFIRMED
            SUMMARY:Réunion
            ORGANIZER;CN="Factory fictive":https://example.org/factories/fictive
            END:VEVENT
            BEGIN:VEVENT
            UID:u
            DTSTAMP:20260203T040506Z
            LAST-MODIFIED:20260203T040506Z
            SEQUENCE:2
            RECURRENCE-ID;TZID=Europe/Paris:20260210T180000
            DTSTART;TZID=Europe/Paris:20260210T180000
            DTEND;TZID=Europe/Paris:20260210T200000
            STATUS:CONFIRMED
            SUMMARY:Ailleurs
            LOCATION:Castelfictif
            ORGANIZER;CN="Factory fictive":https://example.org/factories/fictive
            END:VEVENT
            BEGIN:VEVENT
            UID:u
            DTSTAMP:20260203T040506Z
            LAST-MODIFIED:20260203T040506Z
            SEQUENCE:2
            RECURRENCE-ID;TZID=Europe/Paris:20260331T180000
            DTSTART;TZID=Europe/Paris:20260331T180000
            DTEND;TZID=Europe/Paris:20260331T200000
            STATUS:CANCELLED
            SUMMARY:Annulé : Réunion
            ORGANIZER;CN="Factory fictive":https://example.org/factories/fictive
            END:VEVENT
            """);
  }

  @Test
  void saysInTheTitleOfACancelledOneThatItIs() {
    CalendarEntry cancelled = sample("all-cancelled");
    CalendarFile english = new CalendarFile("Fictional", Language.EN, null);
    assertThat(text(FILE, cancelled)).contains("\nSUMMARY:Annulé : Réunion fictive\n");
    assertThat(text(english, cancelled))
        .contains("\nSUMMARY:Cancelled: Réunion fictive\n", "PRODID:-//Digital113//Directory//EN")
        .doesNotContain("SOURCE");
  }

  @Test
  void saysOfTheNightsOnWhichTheClocksAreChangedWhenItIs() {
    assertThat(events(text(FILE, sample("from-twice"))))
        .contains(
            """
            DTSTART;TZID=Europe/Paris:20261025T023000
            DURATION:PT2H30M0S
            RRULE:FREQ=WEEKLY
            """,
            """
            RECURRENCE-ID;TZID=Europe/Paris:20261025T023000
            DTSTART:20261025T003000Z
            DTEND;TZID=Europe/Paris:20261025T040000
            """,
            """
            RECURRENCE-ID;TZID=Europe/Paris:20270328T023000
            DTSTART;TZID=Europe/Paris:20270328T033000
            DTEND;TZID=Europe/Paris:20270328T060000
            """);
    assertThat(text(FILE, sample("once-second")))
        .contains("\nDTSTART:20261025T013000Z\nDTEND;TZID=Europe/Paris:20261025T030000\n");
    assertThat(text(FILE, sample("daily"))).doesNotContain("RECURRENCE-ID");
  }

  @Test
  void writesEveryYearOnTheLeapDayAsEveryTwelfthMonth() {
    assertThat(text(FILE, sample("leap-day"))).contains("\nRRULE:FREQ=MONTHLY;INTERVAL=12\n");
    assertThat(text(FILE, sample("second-leap-day")))
        .contains("\nRRULE:FREQ=MONTHLY;INTERVAL=24;COUNT=2\n");
  }

  @Test
  void leavesOutAnEndThatIsTheStart() {
    assertThat(text(FILE, sample("hostile\r\nUID:x")))
        .contains("\nDTSTART;")
        .doesNotContain("DTEND");
  }

  @Test
  void hasOneTimeZoneThatIsThatOfTheProgram() {
    Calendar calendar = Ical4jReader.parse(FILE.write(Samples.all()));
    List<VTimeZone> zones = calendar.getComponents(Component.VTIMEZONE);
    assertThat(zones).hasSize(1);
    ZoneRules read = new ZoneRulesBuilder().vTimeZone(zones.get(0)).build();
    ZoneRules rules = Moments.ZONE.getRules();
    for (Instant day = Instant.parse("1997-01-01T00:30:00Z");
        day.isBefore(Instant.parse("2060-01-01T00:00:00Z"));
        day = day.plusSeconds(86_400)) {
      assertThat(read.getOffset(day)).as(day.toString()).isEqualTo(rules.getOffset(day));
    }
    for (String change : List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")) {
      Instant at = Instant.parse(change);
      assertThat(read.getTransition(Calendars.local(at)))
          .isEqualTo(rules.getTransition(Calendars.local(at)));
      assertThat(read.getOffset(at.minusSeconds(1))).isEqualTo(rules.getOffset(at.minusSeconds(1)));
      assertThat(read.getOffset(at)).isEqualTo(rules.getOffset(at));
    }
  }

  @Test
  void wouldNoticeWhenTheUnionGivesUpChangingTheClocks() {
    // The text of the time zone is fixed: this says when it has to be written anew.
    assertThat(Moments.ZONE.getRules().getTransitionRules())
        .extracting(
            ZoneOffsetTransitionRule::getMonth,
            ZoneOffsetTransitionRule::getDayOfWeek,
            rule -> rule.createTransition(2026).getInstant(),
            ZoneOffsetTransitionRule::getOffsetAfter)
        .containsExactly(
            tuple(
                Month.MARCH,
                DayOfWeek.SUNDAY,
                Instant.parse("2026-03-29T01:00:00Z"),
                ZoneOffset.ofHours(2)),
            tuple(
                Month.OCTOBER,
                DayOfWeek.SUNDAY,
                Instant.parse("2026-10-25T01:00:00Z"),
                ZoneOffset.ofHours(1)));
    assertThat(Moments.ZONE).isEqualTo(ZoneId.of("Europe/Paris"));
  }

  @Test
  void writesTheSameBytesAgain() {
    assertThat(FILE.write(Samples.all())).isEqualTo(FILE.write(Samples.all()));
  }

  @Test
  void isValidForIcal4j() {
    ValidationResult result = Ical4jReader.parse(FILE.write(Samples.all())).validate();
    assertThat(result.hasErrors()).as(result.toString()).isFalse();
  }

  private static CalendarEntry sample(String uid) {
    return Samples.all().stream().filter(entry -> entry.uid().equals(uid)).findAny().orElseThrow();
  }

  /** Unfolded, with the line ends of here. */
  private static String text(CalendarFile file, CalendarEntry... entries) {
    String text = new String(file.write(Arrays.asList(entries)), StandardCharsets.UTF_8);
    return text.replace("\r\n ", "").replace("\r\n", "\n");
  }

  private static String events(String text) {
    return text.substring(text.indexOf("BEGIN:VEVENT"), text.lastIndexOf("END:VCALENDAR"));
  }
}
