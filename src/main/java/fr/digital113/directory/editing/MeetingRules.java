package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.calendar.Recurrence;
import fr.digital113.directory.meetings.MeetingSeries;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What must hold of the members of a meeting together, and of all meetings of a Factory. */
final class MeetingRules {
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Longer ones would overlap, and each could touch a change of the clocks. */
  private static final Duration LONGEST_OF_SERIES = Duration.ofDays(1);

  private static final int MOST_NOT_OVER = 200;

  /** Four that are held every day, or thirty every week: lists expand all of them. */
  private static final int MOST_AHEAD = 5_000;

  private static final int YEARS_OF_A_LIST = 3;
  private static final int MOST_BYTES = 4_000_000;
  private static final int YEARS_AHEAD = 120; // more than between two occurrences of any rule

  private MeetingRules() {}

  /** Notes what is wrong in a body. */
  static void check(ObjectNode meeting, JsonBody body) {
    JsonNode occurrences = meeting.path(MeetingFields.OCCURRENCES);
    checkTimes(body, "", meeting);
    for (int i = 0; i < occurrences.size(); i++) {
      checkTimes(body, MeetingFields.OCCURRENCES + "/" + i + "/", occurrences.path(i));
    }
    if (!body.isSound()) {
      return;
    }
    if (!meeting.path(MeetingFields.RULE).isTextual()) {
      if (!occurrences.isEmpty()) {
        body.error(
            MeetingFields.OCCURRENCES,
            "not_a_series",
            new Text(
                "Une réunion sans « rule » n'a pas d'occurrences particulières.",
                "A meeting without \"rule\" has no particular occurrences."));
      }
      return;
    }
    if (!meeting.path(MeetingFields.ATTENDANCE).isEmpty()) {
      body.error(
          MeetingFields.ATTENDANCE,
          "of_an_occurrence",
          new Text(
              "Dans une série, « attendance » est celle d'une occurrence (occurrences).",
              "In a series \"attendance\" is that of an occurrence (occurrences)."));
    }
    checkSeries(meeting, occurrences, body);
  }

  private static void checkTimes(JsonBody body, String place, JsonNode times) {
    if (times.path(Times.START).isTextual()) { // else an occurrence at its own time
      Times.check(times, body, place, LONGEST);
    }
  }

  private static void checkSeries(ObjectNode meeting, JsonNode occurrences, JsonBody body) {
    if (Times.length(meeting).compareTo(LONGEST_OF_SERIES) > 0) {
      body.error(
          Times.END,
          "too_long",
          new Text(
              "Une réunion qui se répète dure au plus un jour.",
              "A meeting that repeats lasts a day at most."));
      return;
    }
    Recurrence rule = new Recurrence(meeting.path(MeetingFields.RULE).asText());
    if (!rule.startsWith(Times.moment(meeting, Times.START).atZoneSameInstant(Moments.ZONE))) {
      body.error(
          Times.START,
          "not_in_series",
          new Text(
              "La règle ne commence pas par ce début.",
              "The rule does not begin with this start."));
      return;
    }
    List<@Nullable Instant> names = new ArrayList<>();
    for (JsonNode each : occurrences) {
      names.add(MeetingSeries.instant(each.path(MeetingOccurrences.RECURRENCE_ID).asText()));
    }
    Set<Instant> known =
        MeetingSeries.of(meeting).named(names.stream().filter(Objects::nonNull).toList()).keySet();
    for (int i = 0; i < occurrences.size(); i++) {
      String id = occurrences.path(i).path(MeetingOccurrences.RECURRENCE_ID).asText();
      Instant name = names.get(i);
      if (name == null || !known.contains(name)) {
        body.error(
            MeetingFields.OCCURRENCES + "/" + i + "/" + MeetingOccurrences.RECURRENCE_ID,
            "not_in_series",
            new Text(
                "La série n'a pas (ou plus) d'occurrence " + id + " ; ôtez-la d'« occurrences ».",
                "The series has no occurrence "
                    + id
                    + " (any more); take it out of \"occurrences\"."));
      }
    }
  }

  /**
   * Keeps one Factory from making every calendar slow. Its row is locked until the end of the
   * transaction, so that all are counted.
   *
   * @throws ProblemException 409 when there are too many
   */
  static void checkAll(Handle database, String factory) {
    database.execute("select from factory where id = ?::uuid for no key update", factory);
    Instant now = Instant.now();
    List<JsonNode> notOver =
        database
            .createQuery(
                """
                select d.document::text from meeting m join meeting_document d on d.id = m.id::text
                where m.factory = :factory::uuid and (m.rule is not null or m.ends_at > now())
                """)
            .bind("factory", factory)
            .mapTo(String.class)
            .stream()
            .map(Stored::json)
            .filter(meeting -> occurrences(meeting, now, YEARS_AHEAD, 1) > 0)
            .limit(MOST_NOT_OVER + 1L)
            .toList();
    if (notOver.size() > MOST_NOT_OVER) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
                  "Une Factory a au plus %d réunions qui ne sont pas passées.",
                  "A Factory has at most %d meetings that are not over.")
              .with(MOST_NOT_OVER));
    }
    long ahead = 0;
    for (JsonNode meeting : notOver) {
      ahead += occurrences(meeting, now, YEARS_OF_A_LIST, MOST_AHEAD + 1L - ahead);
    }
    if (ahead > MOST_AHEAD) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
                  "Les réunions d'une Factory ont lieu au plus %d fois dans les trois ans qui viennent.",
                  "The meetings of a Factory take place %d times at most in the next three years.")
              .with(MOST_AHEAD));
    }
    if (bytes(database, factory) > MOST_BYTES) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "Les réunions de la Factory ont trop de textes ; supprimez-en d'anciennes.",
              "The meetings of the Factory have too much text; delete old ones."));
    }
  }

  /** How often a meeting takes place within some years, as far as that matters. */
  private static long occurrences(JsonNode meeting, Instant now, int years, long most) {
    Instant later = Moments.local(now).plus(years, ChronoUnit.YEARS).toInstant();
    try {
      return MeetingSeries.of(meeting).occurrences(now, later).limit(most).count();
    } catch (IllegalArgumentException notOurRule) {
      return 1; // written by hand
    }
  }

  private static long bytes(Handle database, String factory) {
    return database
        .createQuery(
            """
            select coalesce(sum(octet_length(m::text)), 0) + coalesce(sum((
              select sum(octet_length(o::text)) from meeting_occurrence o where o.meeting = m.id)), 0)
            from meeting m where m.factory = :factory::uuid
            """)
        .bind("factory", factory)
        .mapTo(Long.class)
        .one();
  }
}
