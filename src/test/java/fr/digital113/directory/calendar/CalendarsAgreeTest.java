package fr.digital113.directory.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.web.Language;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calendar that is written says when everything is, as the API does. */
class CalendarsAgreeTest {
  private static final CalendarFile FILE = new CalendarFile("Fictif", Language.FR, null);

  static Stream<String> uids() {
    return Samples.all().stream().map(CalendarEntry::uid);
  }

  @ParameterizedTest
  @MethodSource("uids")
  void readsTheSameOverThreeYears(String uid) {
    List<CalendarEntry> one =
        Samples.all().stream().filter(entry -> entry.uid().equals(uid)).toList();
    assertReadAlike(one, Samples.FROM, Samples.TO);
  }

  @Test
  void readsTheSameOfAllTogether() {
    List<CalendarEntry> all = Samples.all();
    assertThat(Read.expected(all, Samples.FROM, Samples.TO)).hasSizeGreaterThan(5_000);
    assertReadAlike(all, Samples.FROM, Samples.TO);
  }

  @Test
  void readsTheSameOfRandomSeries() {
    Random random = new Random(113);
    for (int i = 0; i < 150; i++) {
      CalendarEntry entry = Samples.entry("random", RandomSeries.of(random));
      Instant from = entry.series().start().plus(random.nextInt(300) - 100L, ChronoUnit.DAYS);
      assertReadAlike(List.of(entry), from, from.plus(1_096, ChronoUnit.DAYS));
    }
  }

  private static void assertReadAlike(List<CalendarEntry> entries, Instant from, Instant to) {
    List<Read> read = Ical4jReader.read(FILE.write(entries), from, to);
    List<Read> expected =
        Read.expected(entries, from, to).stream().map(CalendarsAgreeTest::asRead).toList();
    assertThat(read)
        .as(() -> entries.get(0).series().toString())
        .containsExactlyInAnyOrderElementsOf(expected)
        .isEqualTo(expected);
  }

  /** Line ends of a uid are those of iCalendar once it is read. */
  private static Read asRead(Read read) {
    String uid = read.uid().replace("\r\n", "\n");
    return new Read(uid, read.recurrenceId(), read.start(), read.end(), read.status());
  }
}
