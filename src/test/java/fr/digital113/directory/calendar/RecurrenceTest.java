package fr.digital113.directory.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Text;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FREQ=WEEKLY|FREQ=WEEKLY
          byday=tu;freq=weekly|FREQ=WEEKLY;BYDAY=TU
          BYDAY=TU,+1MO,TU;INTERVAL=1;FREQ=MONTHLY|FREQ=MONTHLY;BYDAY=TU,1MO
          FREQ=MONTHLY;BYDAY=1TU,3TU,-1FR|FREQ=MONTHLY;BYDAY=1TU,3TU,-1FR
          FREQ=WEEKLY;BYDAY=TU,TH;INTERVAL=2|FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,TH
          FREQ=WEEKLY;WKST=SU;INTERVAL=2|FREQ=WEEKLY;INTERVAL=2;WKST=SU
          FREQ=WEEKLY;WKST=SU;BYDAY=TU|FREQ=WEEKLY;BYDAY=TU
          FREQ=DAILY;COUNT=010|FREQ=DAILY;COUNT=10
          FREQ=DAILY;UNTIL=20270630T160000Z|FREQ=DAILY;UNTIL=20270630T160000Z
          FREQ=DAILY;UNTIL=20270630|FREQ=DAILY;UNTIL=20270630T215959Z
          FREQ=DAILY;UNTIL=20271231|FREQ=DAILY;UNTIL=20271231T225959Z
          FREQ=MONTHLY;BYMONTHDAY=01,-0|
          FREQ=MONTHLY;BYMONTHDAY=-1,-02|FREQ=MONTHLY;BYMONTHDAY=-1,-2
          FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1|FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1
          FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU|FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
          FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=31|FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=31
          """)
  void hasOneTextHoweverItIsWritten(String written, String canonical) throws BadValueException {
    if (canonical == null) {
      assertRefused(written);
    } else {
      assertThat(Recurrence.canonical(written)).isEqualTo(canonical);
      assertThat(Recurrence.canonical(canonical)).isEqualTo(canonical);
      assertThat(Recurrence.of(written).text()).isEqualTo(canonical);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "WEEKLY",
        "RRULE:FREQ=WEEKLY",
        "INTERVAL=2",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=MO,",
        "FREQ=WEEKLY;BYDAY=LU",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYHOUR=10",
        "FREQ=DAILY;BYMINUTE=10",
        "FREQ=DAILY;BYSECOND=10",
        "FREQ=WEEKLY;X-ANY=1",
        "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;COUNT=99999999999",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=3;UNTIL=20270630",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=100",
        "FREQ=DAILY;UNTIL=20270631",
        "FREQ=DAILY;UNTIL=20270630T160000",
        "FREQ=DAILY;UNTIL=20270630T250000Z",
        "FREQ=DAILY;UNTIL=99990630T160000Z",
        "FREQ=DAILY;UNTIL=2027-06-30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2",
        // What calendar programs read differently.
        "FREQ=WEEKLY;BYMONTH=9;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTH=9;BYDAY=1TU",
        "FREQ=DAILY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=15,-15",
        "FREQ=MONTHLY;BYDAY=1MO,-4MO",
        "FREQ=MONTHLY;BYDAY=MO,-1MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-4",
        "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30,31",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=WEEKLY\r\nDESCRIPTION:x",
      })
  void refusesWhatIsNoRuleOrReadDifferently(String written) {
    assertRefused(written);
  }

  @Test
  void refusesALongText() {
    assertRefused("FREQ=MONTHLY;BYDAY=" + "MO,".repeat(160) + "MO");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(reason("FREQ=DAILY;COUNT=1001"))
        .isEqualTo(new Text("COUNT va de 1 à 1000.", "COUNT goes from 1 to 1000."));
    assertThat(reason("FREQ=DAILY;BYHOUR=1").en())
        .startsWith("A rule is made of FREQ, INTERVAL, COUNT, UNTIL,");
    assertThat(reason("FREQ=WEEKLY;BYMONTH=9").fr()).contains("FREQ=DAILY");
  }

  @Test
  void takesNothingElseInCode() {
    assertThatThrownBy(() -> new Recurrence("FREQ=HOURLY"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void startsOnlyWithAnOccurrence() throws BadValueException {
    Recurrence tuesdays = Recurrence.of("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T160000Z");
    assertThat(tuesdays.startsWith(paris("2026-11-03T18:00"))).isTrue();
    assertThat(tuesdays.startsWith(paris("2026-11-04T18:00"))).isFalse();
    assertThat(tuesdays.startsWith(paris("2027-06-29T18:00"))).isTrue();
    assertThat(tuesdays.startsWith(paris("2027-06-29T18:00:01"))).isFalse();
    assertThat(
            Recurrence.of("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
                .startsWith(paris("2026-10-30T10:00")))
        .isTrue();
    // A Tuesday here, though still Monday in New York.
    assertThat(
            tuesdays.startsWith(
                paris("2026-11-03T01:00").withZoneSameInstant(ZoneId.of("America/New_York"))))
        .isTrue();
  }

  @Test
  void doesNotStartWithTheSecondOfTwoHours() throws BadValueException {
    Recurrence weekly = Recurrence.of("FREQ=WEEKLY");
    ZonedDateTime twice = paris("2026-10-25T02:30");
    assertThat(weekly.startsWith(twice.withEarlierOffsetAtOverlap())).isTrue();
    assertThat(weekly.startsWith(twice.withLaterOffsetAtOverlap())).isFalse();
  }

  @Test
  void doesNotStartWhereARuleHasNothingToGive() throws BadValueException {
    // A Monday is never the second Monday and the 1st of a month; and this one gives nothing at
    // all.
    Recurrence rule = Recurrence.of("FREQ=DAILY;INTERVAL=7;BYDAY=MO");
    assertThat(rule.startsWith(paris("2026-11-03T18:00"))).isFalse();
  }

  @Test
  void writesAndReadsInstants() throws BadValueException {
    Instant instant = Instant.parse("2026-11-05T17:00:00Z");
    assertThat(Calendars.utc(instant)).isEqualTo("20261105T170000Z");
    assertThat(Calendars.instant("20261105T170000Z")).isEqualTo(instant);
    for (String text :
        List.of(
            "",
            "20261105T170000",
            "2026-11-05T17:00:00Z",
            "20261131T170000Z",
            "20261105T240000Z",
            "20261105T170060Z",
            "18991105T170000Z",
            "+2261105T170000Z",
            "20261105t170000z",
            "٢٠٢٦1105T170000Z")) {
      assertThatThrownBy(() -> Calendars.instant(text))
          .as(text)
          .isInstanceOfSatisfying(
              BadValueException.class, bad -> assertThat(bad.code()).isEqualTo("invalid_instant"));
    }
  }

  private static ZonedDateTime paris(String local) {
    return LocalDateTime.parse(local).atZone(Moments.ZONE);
  }

  private static void assertRefused(String written) {
    assertThatThrownBy(() -> Recurrence.of(written))
        .as(written)
        .isInstanceOfSatisfying(
            BadValueException.class,
            bad -> {
              assertThat(bad.code()).isEqualTo("invalid_recurrence");
              assertThat(bad.reason().fr()).isNotBlank().doesNotContain("%");
              assertThat(bad.reason().en()).isNotBlank().doesNotContain("%");
            });
  }

  private static Text reason(String written) {
    try {
      throw new AssertionError(Recurrence.canonical(written));
    } catch (BadValueException bad) {
      return bad.reason();
    }
  }
}
