package fr.digital113.directory.meetings;

import fr.digital113.directory.places.Period;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The time in which something takes place: what begins before {@code to} and ends after {@code
 * from}.
 *
 * @param given whether the request says from when, and not the clock
 */
record Window(Bound from, Bound to, boolean given) {
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final int MOST_YEARS = 3;
  private static final int DAY_LENGTH = 10;

  /**
   * An end of it.
   *
   * @param text names it in a link
   */
  record Bound(Instant moment, String text) {
    private static Bound of(LocalDate day) {
      return new Bound(day.atStartOfDay(Moments.ZONE).toInstant(), day.toString());
    }

    private static Bound of(Instant moment) {
      return new Bound(moment, moment.toString());
    }

    private ZonedDateTime local() {
      return Moments.local(moment);
    }

    private Bound yearLater() {
      ZonedDateTime later = local().plusYears(1);
      return text.length() == DAY_LENGTH
          ? of(LocalDate.parse(text).plusYears(1))
          : of(later.toInstant());
    }
  }

  /**
   * Reads {@code from}, today when it is absent, and {@code to}, a year later then. Mistakes are
   * collected.
   *
   * @param today asked only when it matters
   */
  static Window of(QueryParameters parameters, Supplier<LocalDate> today) {
    Bound from = bound(parameters, FROM);
    Bound to = bound(parameters, TO);
    boolean given = parameters.has(FROM);
    Bound start = from == null ? Bound.of(today.get()) : from;
    Bound end = to == null ? start.yearLater() : to;
    boolean sound = given == (from != null) && parameters.has(TO) == (to != null);
    if (sound && !start.moment().isBefore(end.moment())) {
      parameters.error(
          parameters.has(TO) ? TO : FROM,
          "wrong_way_round",
          new Text(
              "« to » doit suivre « from », qui est aujourd'hui s'il manque.",
              "\"to\" must follow \"from\", which is today when it is absent."));
    } else if (sound && end.local().isAfter(start.local().plusYears(MOST_YEARS).plusDays(1))) {
      parameters.error(
          TO,
          "out_of_range",
          new Text(
                  "Au plus %d ans et un jour après « from ».",
                  "At most %d years and a day after \"from\".")
              .with(MOST_YEARS));
    }
    return new Window(start, end, given);
  }

  /** The days from one to before another. */
  static Window ofDays(LocalDate from, LocalDate to) {
    return new Window(Bound.of(from), Bound.of(to), true);
  }

  /** Whether a moment is in it. */
  boolean has(Instant moment) {
    return !moment.isBefore(from.moment()) && moment.isBefore(to.moment());
  }

  private static @Nullable Bound bound(QueryParameters parameters, String name) {
    Instant moment = Period.bound(parameters, name);
    String text = parameters.canonical().getOrDefault(name, "");
    return moment == null
        ? null
        : text.length() == DAY_LENGTH ? Bound.of(LocalDate.parse(text)) : Bound.of(moment);
  }

  /** Lets links name what the request leaves out. */
  void resolve(Exchange exchange, QueryParameters parameters) {
    if (!parameters.has(FROM)) {
      exchange.resolve(FROM, from.text());
    }
    if (!parameters.has(TO)) {
      exchange.resolve(TO, to.text());
    }
  }

  /** What an answer is validated by: of another day another one, which is not kept in memory. */
  Version version(Version snapshot) {
    return given
        ? snapshot
        : new Version(
            snapshot.revision(),
            snapshot.key() + "." + from.text() + "." + to.text(),
            snapshot.isPrivate());
  }

  /** Names it, to bind cursors to it. */
  String key() {
    return from.moment() + "/" + to.moment();
  }
}
