package fr.digital113.directory.values;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Moments as the API tells them: RFC 3339, with the offset that clocks in the region have. */
public final class Moments {
  /** The zone of the region, and of every meeting in it. */
  public static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private Moments() {}

  /** A moment such as {@code 2026-11-28T18:00:00+01:00}. */
  public static String text(Instant moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        moment.truncatedTo(ChronoUnit.SECONDS).atZone(ZONE));
  }

  /** The same of a moment in UTC, as documents of the change log have it. */
  public static String text(String utc) {
    return text(Instant.parse(utc));
  }

  /** When people there see it on their clocks. */
  public static ZonedDateTime local(Instant moment) {
    return moment.atZone(ZONE);
  }
}
