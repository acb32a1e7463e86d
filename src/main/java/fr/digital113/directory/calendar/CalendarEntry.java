package fr.digital113.directory.calendar;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param statuses by the {@code recurrenceId}: whether an occurrence takes place that is not
 *     cancelled, where that is not as in the series
 * @param parts which occurrences this calendar has
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
    Map<Instant, Details> changed,
    Map<Instant, Status> statuses,
    Parts parts) {

  /**
   * Which occurrences of a series a calendar has.
   *
   * @param rest whether it has those that nobody has said anything of
   * @param without the {@code recurrenceId}s of those that it does not have
   */
  public record Parts(boolean rest, Set<Instant> without) {
    /** Every occurrence. */
    public static final Parts ALL = new Parts(true, Set.of());

    public Parts {
      without = Set.copyOf(without);
    }
  }

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

  /** All of a series, whose occurrences take place as it does. */
  public CalendarEntry(
      String uid,
      int sequence,
      Instant lastModified,
      Series series,
      Status status,
      Details details,
      List<String> categories,
      Organizer organizer,
      Map<Instant, Details> changed) {
    this(
        uid,
        sequence,
        lastModified,
        series,
        status,
        details,
        categories,
        organizer,
        changed,
        Map.of(),
        Parts.ALL);
  }

  public CalendarEntry {
    categories = List.copyOf(categories);
    changed = Map.copyOf(changed);
    statuses = Map.copyOf(statuses);
  }
}
