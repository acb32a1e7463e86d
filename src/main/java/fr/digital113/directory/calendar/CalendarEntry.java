package fr.digital113.directory.calendar;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a calendar tells of, in the language of the calendar.
 *
 * @param uid its name for good, the same in every calendar; no two entries of a calendar share it
 * @param sequence grows with every change that those who come must know of, from 0
 * @param lastModified when any of it, an occurrence included, was changed last
 * @param categories what it is about, such as names of sectors
 * @param changed by the {@code recurrenceId}: what an occurrence says, all of it, where it does not
 *     say what the series says
 */
public record CalendarEntry(
    String uid,
    int sequence,
    Instant lastModified,
    Series series,
    Status status,
    Details details,
    List<String> categories,
    Organizer organizer,
    Map<Instant, Details> changed) {

  /** Whether it takes place. */
  public enum Status {
    CONFIRMED,
    TENTATIVE,
    CANCELLED
  }

  /**
   * What is said of it.
   *
   * @param location where, in words
   * @param page where one reads more of it
   * @param conference where one takes part from afar; only in calendars of those who may
   */
  public record Details(
      String summary,
      @Nullable String description,
      @Nullable String location,
      @Nullable Point point,
      @Nullable URI page,
      @Nullable URI conference) {}

  /** WGS84 degrees. */
  public record Point(double lat, double lon) {}

  /**
   * Who calls for it: an organisation, never a person. What is published must name one (RFC 5546,
   * 3.2.1).
   *
   * @param address its general e-mail address as {@code mailto:}, or where it is found on the web
   */
  public record Organizer(String name, URI address) {}

  public CalendarEntry {
    categories = List.copyOf(categories);
    changed = Map.copyOf(changed);
  }
}
