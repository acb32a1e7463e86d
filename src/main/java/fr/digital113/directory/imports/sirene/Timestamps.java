package fr.digital113.directory.imports.sirene;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Dates as the register writes them. One that cannot be read is unknown: no row is lost for it. */
final class Timestamps {
  private static final LocalDate UNKNOWN = LocalDate.of(1900, 1, 1);

  private Timestamps() {}

  /** {@code 2024-03-30T12:39:13}, with or without fractions, or {@code 2024-03-30}. */
  static @Nullable LocalDateTime of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay()
          : LocalDateTime.parse(text.replace(' ', 'T'));
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }

  /** The year of a creation; null for 1900-01-01, which stands for an unknown date. */
  static @Nullable Integer year(@Nullable String text) {
    LocalDateTime date = of(text);
    if (date == null || date.toLocalDate().equals(UNKNOWN)) {
      return null;
    }
    int year = date.getYear();
    return year >= 1600 && year <= 2100 ? year : null;
  }
}
