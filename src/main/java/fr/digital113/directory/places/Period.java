package fr.digital113.directory.places;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The time in which something takes place, at least in part: what begins before {@code to} and ends
 * after {@code from}.
 *
 * @param from null for any time before {@code to}; never the clock's
 * @param to null for any time after {@code from}
 */
public record Period(@Nullable Instant from, @Nullable Instant to) {
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String START = "start";
  private static final String END = "end";
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2200;
  private static final int DAY_LENGTH = 10; // years beyond 9999 would have a sign

  private static final Text FORM =
      new Text(
          "Un jour (AAAA-MM-JJ) ou un instant avec son décalage (2027-01-31T18:00:00Z) est attendu, de %d à %d.",
          "A day (YYYY-MM-DD) or a time with its offset (2027-01-31T18:00:00Z) is expected, from %d to %d.");

  /** Reads {@code from} and {@code to}; a day begins as it does in the region. */
  public static Period of(QueryParameters parameters) {
    Period period = new Period(bound(parameters, FROM), bound(parameters, TO));
    if (period.from != null && period.to != null && !period.from.isBefore(period.to)) {
      parameters.error(
          TO,
          "wrong_way_round",
          new Text("« to » doit suivre « from ».", "\"to\" must follow \"from\"."));
    }
    return period;
  }

  /**
   * Reads a day, whose start in the region it is, or a moment. Null when it is absent, or wrong,
   * which is noted.
   */
  public static @Nullable Instant bound(QueryParameters parameters, String name) {
    String text = parameters.text(name);
    if (text == null) {
      return null;
    }
    try {
      Instant bound =
          text.length() == DAY_LENGTH
              ? LocalDate.parse(text).atStartOfDay(Moments.ZONE).toInstant()
              // The plus of an offset that was not encoded is a space.
              : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      int year = Moments.local(bound).getYear();
      if (year >= FIRST_YEAR && year <= LAST_YEAR) {
        return bound;
      }
    } catch (DateTimeException noMoment) {
      // told below, like one of another age
    }
    parameters.error(name, "invalid_time", FORM.with(FIRST_YEAR, LAST_YEAR));
    return null;
  }

  /** Lets {@link #within} find an item by {@code start} and {@code end} of its document. */
  public static void index(JsonNode document, IndexEntry entry) {
    entry.number(START, start(document).getEpochSecond());
    entry.number(END, Instant.parse(document.path(END).asText()).getEpochSecond());
  }

  /** When an item begins, by its document. */
  public static Instant start(JsonNode document) {
    return Instant.parse(document.path(START).asText());
  }

  /** Leaves of a query what takes place in this time. Items begin and end on whole seconds. */
  public Query within(Query query) {
    if (to != null) {
      query.below(START, wholeSecondAtOrAfter(to));
    }
    if (from != null) {
      query.atLeast(END, from.getEpochSecond() + 1);
    }
    return query;
  }

  private static long wholeSecondAtOrAfter(Instant moment) {
    return moment.getNano() == 0 ? moment.getEpochSecond() : moment.getEpochSecond() + 1;
  }

  /** By when items begin. */
  public static Sorting sorting(boolean descending) {
    return Sorting.byNumber(START, descending);
  }
}
