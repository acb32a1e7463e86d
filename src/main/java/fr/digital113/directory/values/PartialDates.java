package fr.digital113.directory.values;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** The days of dates that may be a year or a month (2026, 2026-03, 2026-03-31). */
public final class PartialDates {
  private PartialDates() {}

  /** The first of its days; null for no date. */
  public static @Nullable LocalDate first(String date) {
    return switch (date.length()) {
      case 4 -> Year.parse(date).atDay(1);
      case 7 -> YearMonth.parse(date).atDay(1);
      case 10 -> LocalDate.parse(date);
      default -> null;
    };
  }

  /** The last of its days, as what is due in a year has all of it; null for no date. */
  public static @Nullable LocalDate last(String date) {
    return switch (date.length()) {
      case 4 -> Year.parse(date).atMonth(12).atEndOfMonth();
      case 7 -> YearMonth.parse(date).atEndOfMonth();
      case 10 -> LocalDate.parse(date);
      default -> null;
    };
  }
}
