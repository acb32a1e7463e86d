package fr.digital113.directory.calendar;

import fr.digital113.directory.calendar.Series.Change;
import fr.digital113.directory.values.Moments;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Series of any rule that is taken, begun in 2025 or 2026, some of whose occurrences changed. */
final class RandomSeries {
  private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

  private RandomSeries() {}

  static Series of(Random random) {
    while (true) {
      Recurrence rule = new Recurrence(randomRule(random));
      // An hour that is in doubt on two nights of the year only for the plain rules: ical4j takes a
      // time that was put off by a gap to other days of the same month or week.
      boolean plain = !rule.text().contains("BY");
      int hour = plain && random.nextBoolean() ? 2 : 7 + random.nextInt(14);
      Instant wanted =
          Calendars.instant(
              LocalDateTime.of(2025, 1, 1, hour, 15 * random.nextInt(4))
                  .plusDays(random.nextInt(730)));
      for (int day = 0; day < 400; day++) {
        Instant start = Calendars.instant(Calendars.local(wanted).plusDays(day));
        if (rule.startsWith(start.atZone(Moments.ZONE))) {
          Instant end = start.plus(15 + random.nextInt(2_000), ChronoUnit.MINUTES);
          return changed(new Series(start, end, rule, List.of()), random);
        }
      }
    }
  }

  private static Series changed(Series series, Random random) {
    List<Change> changes = new ArrayList<>();
    Instant end = series.start().plus(1_000, ChronoUnit.DAYS);
    series
        .occurrences(series.start(), end)
        .filter(each -> random.nextInt(10) == 0)
        .limit(20)
        .forEach(
            each ->
                changes.add(
                    new Change(
                        Objects.requireNonNull(each.recurrenceId()),
                        random.nextInt(3) == 0,
                        random.nextBoolean()
                            ? null
                            : each.start()
                                .plus(random.nextInt(20_000) - 10_000L, ChronoUnit.MINUTES),
                        null)));
    return new Series(series.start(), series.end(), series.rule(), changes);
  }

  private static String randomRule(Random random) {
    StringBuilder rule = new StringBuilder();
    switch (random.nextInt(4)) {
      case 0 -> {
        rule.append("FREQ=DAILY");
        maybe(random, rule, ";BYMONTH=" + numbers(random, 1, 12));
        maybe(random, rule, ";BYDAY=" + days(random, false));
      }
      case 1 -> {
        rule.append("FREQ=WEEKLY;WKST=").append(random.nextBoolean() ? "MO" : "SU");
        maybe(random, rule, ";BYDAY=" + days(random, false));
      }
      case 2 -> {
        rule.append("FREQ=MONTHLY");
        switch (random.nextInt(5)) {
          case 0 -> rule.append(";BYMONTHDAY=").append(numbers(random, 1, 31));
          case 1 -> rule.append(";BYMONTHDAY=").append(numbers(random, -31, -1));
          case 2 -> rule.append(";BYDAY=").append(days(random, true));
          case 3 ->
              rule.append(";BYSETPOS=")
                  .append(random.nextBoolean() ? "" : "-")
                  .append(1 + random.nextInt(3))
                  .append(";BYDAY=")
                  .append(days(random, false));
          default -> {}
        }
      }
      default -> {
        rule.append("FREQ=YEARLY");
        String months = ";BYMONTH=" + numbers(random, 1, 12);
        switch (random.nextInt(4)) {
          case 0 -> rule.append(months).append(";BYMONTHDAY=").append(numbers(random, 1, 28));
          case 1 -> rule.append(months).append(";BYDAY=").append(days(random, true));
          case 2 -> rule.append(";BYDAY=").append(days(random, true));
          default -> {}
        }
      }
    }
    maybe(random, rule, ";INTERVAL=" + (1 + random.nextInt(4)));
    maybe(
        random,
        rule,
        random.nextBoolean()
            ? ";COUNT=" + (1 + random.nextInt(50))
            : ";UNTIL=2027" + (10 + random.nextInt(3)) + (10 + random.nextInt(19)));
    return rule.toString();
  }

  private static void maybe(Random random, StringBuilder rule, String part) {
    if (random.nextInt(3) == 0) {
      rule.append(part);
    }
  }

  private static String numbers(Random random, int low, int high) {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(i -> String.valueOf(low + random.nextInt(high - low + 1)))
        .collect(Collectors.joining(","));
  }

  /** Each day in one way: from the start, from the end, or without a number. */
  private static String days(Random random, boolean numbered) {
    return random
        .ints(1L + random.nextInt(3), 0, DAYS.size())
        .distinct()
        .mapToObj(
            day -> {
              int number = numbered ? random.nextInt(9) - 3 : 0;
              return (number == 0 ? "" : number) + DAYS.get(day);
            })
        .collect(Collectors.joining(","));
  }
}
