package fr.digital113.directory.calendar;

import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Moments;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** What all calendars share: their time zone, and how an instant is written. */
public final class Calendars {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2200;

  private Calendars() {}

  /**
   * An instant as RFC 5545 (3.3.5, form 2) writes it, such as {@code 20261105T170000Z}: the form of
   * a {@code recurrenceId}. Parts of a second are left out.
   */
  public static String utc(Instant instant) {
    return LOCAL.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
  }

  /** The instant of such a text, of the years 1900 to 2200. */
  public static Instant instant(String text) throws BadValueException {
    try {
      if (text.length() == 16 && text.charAt(15) == 'Z') {
        LocalDateTime read = LocalDateTime.parse(text.substring(0, 15), LOCAL);
        if (read.getYear() >= FIRST_YEAR && read.getYear() <= LAST_YEAR) {
          return read.toInstant(ZoneOffset.UTC);
        }
      }
    } catch (DateTimeException noTime) {
      // refused below
    }
    throw new BadValueException(
        "invalid_instant",
        "Un instant en UTC est attendu, tel que 20261105T170000Z.",
        "An instant in UTC is expected, such as 20261105T170000Z.");
  }

  /** The time on the clocks, as RFC 5545 (3.3.5, form 1 and 3) writes it. */
  static String local(LocalDateTime time) {
    return LOCAL.format(time);
  }

  static LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, Moments.ZONE);
  }

  /**
   * The instant of a time on the clocks: of one that is there twice the first, and one that is left
   * out counts on with the offset before (RFC 5545, 3.3.5).
   */
  static Instant instant(LocalDateTime local) {
    return ZonedDateTime.of(local, Moments.ZONE).toInstant();
  }

  /** Whether the clocks show the time of this instant twice. */
  static boolean isTwice(Instant instant) {
    return Moments.ZONE.getRules().getValidOffsets(local(instant)).size() > 1;
  }
}
