package fr.digital113.directory.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import fr.digital113.directory.calendar.Series.Change;
import fr.digital113.directory.values.Moments;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final Instant FROM = paris("2026-01-01T00:00");
  private static final Instant TO = paris("2029-01-01T00:00");

  /** Every Tuesday at 18:00, for two hours. */
  private static Series tuesdays(Change... changes) {
    return series("2026-11-03T18:00", "2026-11-03T20:00", "FREQ=WEEKLY;BYDAY=TU", changes);
  }

  @Test
  void happensOnceWithoutARule() {
    Series once = Series.once(paris("2026-11-03T18:00"), paris("2026-11-03T20:00"));
    Occurrence only =
        new Occurrence(null, paris("2026-11-03T18:00"), paris("2026-11-03T20:00"), false, false);
    assertThat(once.occurrences(FROM, TO)).containsExactly(only);
    assertThat(once.occurrences(paris("2026-11-03T19:59"), TO)).containsExactly(only);
    assertThat(once.occurrences(paris("2026-11-03T20:00"), TO)).isEmpty();
    assertThat(once.occurrences(FROM, paris("2026-11-03T18:00"))).isEmpty();
    assertThat(once.occurrence(paris("2026-11-03T18:00"))).isNull();
  }

  @Test
  void keepsTheTimeOnTheClocksWhenTheyAreChanged() {
    assertThat(starts(tuesdays(), "2027-03-22T00:00", "2027-04-01T00:00"))
        .containsExactly(
            Instant.parse("2027-03-23T17:00:00Z"), Instant.parse("2027-03-30T16:00:00Z"));
  }

  @Test
  void takesTheOffsetBeforeAGapAndTheFirstOfTwoHours() {
    Series spring = series("2026-03-28T02:30", "2026-03-28T03:30", "FREQ=DAILY;COUNT=3");
    assertThat(spring.occurrences(FROM, TO).map(Occurrence::start))
        .containsExactly(
            Instant.parse("2026-03-28T01:30:00Z"),
            Instant.parse("2026-03-29T01:30:00Z"),
            Instant.parse("2026-03-30T00:30:00Z"));
    Series autumn = series("2026-10-24T02:30", "2026-10-24T03:30", "FREQ=DAILY;COUNT=3");
    assertThat(autumn.occurrences(FROM, TO).map(Occurrence::start))
        .containsExactly(
            Instant.parse("2026-10-24T00:30:00Z"),
            Instant.parse("2026-10-25T00:30:00Z"),
            Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void lastsAsLongAsTheFirstTimeAcrossAChangeOfTheClocks() {
    Series nights = series("2026-03-21T20:00", "2026-03-22T06:00", "FREQ=WEEKLY;COUNT=3");
    assertThat(nights.occurrences(FROM, TO).map(each -> Duration.between(each.start(), each.end())))
        .containsExactly(Duration.ofHours(10), Duration.ofHours(10), Duration.ofHours(10));
  }

  @Test
  void givesWhatOverlapsTheWindowAndNoMore() {
    assertThat(starts(tuesdays(), "2026-11-03T19:59", "2026-11-17T18:00"))
        .containsExactly(paris("2026-11-03T18:00"), paris("2026-11-10T18:00"));
    assertThat(starts(tuesdays(), "2026-11-03T20:00", "2026-11-17T18:01"))
        .containsExactly(paris("2026-11-10T18:00"), paris("2026-11-17T18:00"));
    assertThat(starts(tuesdays(), "2026-11-17T00:00", "2026-11-17T00:00")).isEmpty();
    assertThat(starts(tuesdays(), "2026-01-01T00:00", "2026-11-03T18:00")).isEmpty();
  }

  @Test
  void givesWhatLastsNoTimeWithItsWindow() {
    Series moments = series("2026-11-03T18:00", "2026-11-03T18:00", "FREQ=DAILY");
    assertThat(starts(moments, "2026-11-04T18:00", "2026-11-05T18:00"))
        .containsExactly(paris("2026-11-04T18:00"));
  }

  @Test
  void overlappingItselfGivesAllThatGoOn() {
    Series weeks = series("2026-11-02T10:00", "2026-11-12T10:00", "FREQ=WEEKLY");
    assertThat(starts(weeks, "2026-11-18T00:00", "2026-11-18T01:00"))
        .containsExactly(paris("2026-11-09T10:00"), paris("2026-11-16T10:00"));
  }

  @Test
  void endsWithCountAndUntil() {
    assertThat(starts(series("2026-11-03T18:00", "2026-11-03T20:00", "FREQ=WEEKLY;COUNT=2")))
        .containsExactly(paris("2026-11-03T18:00"), paris("2026-11-10T18:00"));
    assertThat(
            starts(
                series(
                    "2026-11-03T18:00", "2026-11-03T20:00", "FREQ=WEEKLY;UNTIL=20261110T170000Z")))
        .containsExactly(paris("2026-11-03T18:00"), paris("2026-11-10T18:00"));
    assertThat(starts(series("2026-11-03T23:59", "2026-11-04T00:30", "FREQ=WEEKLY;UNTIL=20261110")))
        .containsExactly(paris("2026-11-03T23:59"), paris("2026-11-10T23:59"));
  }

  @Test
  void skipsDaysThatAMonthDoesNotHave() {
    assertThat(starts(series("2026-01-31T10:00", "2026-01-31T11:00", "FREQ=MONTHLY;COUNT=4")))
        .containsExactly(
            paris("2026-01-31T10:00"),
            paris("2026-03-31T10:00"),
            paris("2026-05-31T10:00"),
            paris("2026-07-31T10:00"));
    assertThat(
            starts(
                series("2024-02-29T10:00", "2024-02-29T11:00", "FREQ=YEARLY"),
                "2024-01-01T00:00",
                "2033-01-01T00:00"))
        .containsExactly(
            paris("2024-02-29T10:00"), paris("2028-02-29T10:00"), paris("2032-02-29T10:00"));
  }

  @Test
  void marksACancelledOccurrence() {
    Series series = tuesdays(new Change(paris("2026-11-10T18:00"), true, null, null));
    assertThat(series.occurrences(FROM, paris("2026-11-18T00:00")).map(Occurrence::cancelled))
        .containsExactly(false, true, false);
    assertThat(series.occurrence(paris("2026-11-10T18:00")))
        .isEqualTo(
            new Occurrence(
                paris("2026-11-10T18:00"),
                paris("2026-11-10T18:00"),
                paris("2026-11-10T20:00"),
                true,
                false));
  }

  @Test
  void findsWhatWasMovedIntoTheWindowAndNotWhatWasMovedOut() {
    Series series =
        tuesdays(
            new Change(paris("2026-11-10T18:00"), false, paris("2027-05-04T09:00"), null),
            new Change(paris("2027-05-11T18:00"), false, paris("2026-11-05T09:00"), null));
    assertThat(starts(series, "2026-11-04T00:00", "2026-11-18T00:00"))
        .containsExactly(paris("2026-11-05T09:00"), paris("2026-11-17T18:00"));
    Occurrence moved = series.occurrences(paris("2027-05-04T00:00"), TO).findFirst().orElseThrow();
    assertThat(moved)
        .isEqualTo(
            new Occurrence(
                paris("2026-11-10T18:00"),
                paris("2027-05-04T09:00"),
                paris("2027-05-04T11:00"),
                false,
                true));
  }

  @Test
  void ordersByTheTimeAtWhichItStartsAfterAll() {
    Series series =
        tuesdays(
            new Change(paris("2026-11-03T18:00"), false, paris("2026-11-12T18:00"), null),
            new Change(paris("2026-11-17T18:00"), false, null, paris("2026-11-17T23:00")));
    assertThat(series.occurrences(FROM, paris("2026-11-18T00:00")))
        .containsExactly(
            new Occurrence(
                paris("2026-11-10T18:00"),
                paris("2026-11-10T18:00"),
                paris("2026-11-10T20:00"),
                false,
                false),
            new Occurrence(
                paris("2026-11-03T18:00"),
                paris("2026-11-12T18:00"),
                paris("2026-11-12T20:00"),
                false,
                true),
            new Occurrence(
                paris("2026-11-17T18:00"),
                paris("2026-11-17T18:00"),
                paris("2026-11-17T23:00"),
                false,
                true));
  }

  @Test
  void forgetsChangesOfOccurrencesThatTheRuleDoesNotHave() {
    Series series =
        tuesdays(new Change(paris("2026-11-11T18:00"), false, paris("2026-11-12T18:00"), null));
    assertThat(starts(series, "2026-11-09T00:00", "2026-11-18T00:00"))
        .containsExactly(paris("2026-11-10T18:00"), paris("2026-11-17T18:00"));
    assertThat(series.occurrence(paris("2026-11-11T18:00"))).isNull();
    assertThat(series.occurrence(paris("2026-10-27T18:00"))).isNull();
    assertThat(series.occurrence(paris("2026-11-10T18:00").plusSeconds(1))).isNull();
    assertThat(series.occurrence(paris("2026-11-10T18:00"))).isNotNull();
  }

  @Test
  void knowsWholeSecondsOnly() {
    Instant start = paris("2026-11-03T18:00");
    Series series =
        new Series(
            start.plusMillis(1),
            start.plusSeconds(60).plusNanos(5),
            new Recurrence("FREQ=DAILY"),
            List.of(new Change(start, false, start.plusMillis(1_500), null)));
    assertThat(series.occurrence(start))
        .isEqualTo(new Occurrence(start, start.plusSeconds(1), start.plusSeconds(61), false, true));
  }

  @Test
  void refusesAnEndBeforeTheStart() {
    assertThatThrownBy(() -> Series.once(TO, FROM)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesTheSameWhereverTheWindowBegins() {
    Random random = new Random(113);
    for (int i = 0; i < 100; i++) {
      Series series = RandomSeries.of(random);
      Instant end = series.start().plus(2_500, ChronoUnit.DAYS);
      List<Occurrence> all = series.occurrences(Instant.EPOCH, end).toList();
      assertThat(all)
          .as(series.toString())
          .isNotEmpty()
          .isSortedAccordingTo(Comparator.comparing(Occurrence::start));
      Instant later = series.start().plus(random.nextInt(2_500), ChronoUnit.DAYS);
      assertThat(series.occurrences(later, end))
          .as(series.toString())
          .containsExactlyElementsOf(
              all.stream().filter(each -> each.end().isAfter(later)).toList());
      assertThat(all)
          .allSatisfy(
              each ->
                  assertThat(series.occurrence(Objects.requireNonNull(each.recurrenceId())))
                      .isEqualTo(each));
    }
  }

  @Test
  void findsOccurrencesOneByOne() {
    Series daily = series("2026-01-01T10:00", "2026-01-01T11:00", "FREQ=DAILY");
    assertThat(daily.occurrences(FROM, Instant.parse("9999-01-01T00:00:00Z")).limit(3)).hasSize(3);
  }

  @Test
  void expandsYearsInMillisecondsHoweverLongAgoItBegan() {
    Series daily = series("1971-01-01T10:00", "1971-01-01T11:00", "FREQ=DAILY");
    Series rare = series("1971-01-01T10:00", "1971-01-01T11:00", "FREQ=DAILY;INTERVAL=99;BYDAY=FR");
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 200; i++) {
            assertThat(daily.occurrences(FROM, TO)).hasSize(1096);
            assertThat(rare.occurrences(FROM, TO)).hasSizeBetween(1, 2);
          }
        });
  }

  /** As one by one: over a change of the clocks, near and far, in a rule that ends, and in none. */
  @Test
  void findsManyOccurrencesByNameInOneWalk() {
    for (String rule :
        List.of(
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3;COUNT=400",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20290601",
            "FREQ=MONTHLY;BYDAY=1TU")) {
      Series series = series("2026-11-03T02:30", "2026-11-03T03:30", rule);
      List<Instant> known =
          series
              .occurrences(series.start(), paris("2031-01-01T00:00"))
              .map(Occurrence::recurrenceId)
              .toList();
      List<Instant> sought = new ArrayList<>(List.of(paris("2026-11-02T02:30")));
      for (int i = 0; i < known.size(); i += i % 7 == 0 ? 1 : 60) {
        sought.add(known.get(i));
        sought.add(known.get(i).plusSeconds(1));
      }
      sought.add(known.get(known.size() - 1));
      Collections.shuffle(sought, new Random(7));

      assertThat(series.named(sought).keySet())
          .as(rule)
          .isEqualTo(new TreeSet<>(sought.stream().filter(known::contains).toList()));
    }
  }

  /** Whoever changes every occurrence of a long series slows nobody down. */
  @Test
  void findsAThousandChangesInNoTime() {
    Series daily = series("2026-01-01T18:00", "2026-01-01T20:00", "FREQ=DAILY;COUNT=1000");
    Series changed =
        new Series(
            daily.start(),
            daily.end(),
            daily.rule(),
            daily
                .occurrences(FROM, TO)
                .map(each -> new Change(each.start(), true, null, null))
                .toList());
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 100; i++) {
            assertThat(changed.occurrences(FROM, TO)).hasSize(1000);
            assertThat(changed.named(changed.changesByOccurrence().keySet())).hasSize(1000);
          }
        });
  }

  private static Series series(String start, String end, String rule, Change... changes) {
    Recurrence recurrence = new Recurrence(rule);
    assertThat(recurrence.startsWith(paris(start).atZone(Moments.ZONE))).isTrue();
    return new Series(paris(start), paris(end), recurrence, List.of(changes));
  }

  private static Stream<Instant> starts(Series series) {
    return series.occurrences(FROM, TO).map(Occurrence::start);
  }

  private static Stream<Instant> starts(Series series, String from, String to) {
    return series.occurrences(paris(from), paris(to)).map(Occurrence::start);
  }

  private static Instant paris(String local) {
    return ZonedDateTime.of(LocalDateTime.parse(local), Moments.ZONE).toInstant();
  }
}
