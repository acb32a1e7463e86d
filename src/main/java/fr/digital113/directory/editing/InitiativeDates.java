package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import org.jspecify.annotations.Nullable;

/** Which days go with which status of an initiative, as the database has it (V20). */
final class InitiativeDates {
  private InitiativeDates() {}

  static void check(ObjectNode initiative, JsonBody body) {
    String started = Json.text(initiative, InitiativeFields.STARTED_ON);
    String ended = Json.text(initiative, InitiativeFields.ENDED_ON);
    switch (initiative.path(InitiativeFields.STATUS).asText()) {
      case "proposed" -> {
        absent(
            body,
            InitiativeFields.STARTED_ON,
            started,
            "not_begun",
            new Text(
                "Une initiative proposée n'a pas encore commencé.",
                "A proposed initiative has not begun yet."));
        notEnded(body, ended);
      }
      case "running" -> {
        given(
            body,
            InitiativeFields.STARTED_ON,
            started,
            new Text(
                "Une initiative en cours a commencé un jour : lequel ?",
                "A running initiative has begun on a day: which?"));
        notEnded(body, ended);
      }
      case "done" -> {
        given(
            body,
            InitiativeFields.STARTED_ON,
            started,
            new Text(
                "Une initiative menée à bien a commencé un jour : lequel ?",
                "An initiative that is done has begun on a day: which?"));
        given(
            body,
            InitiativeFields.ENDED_ON,
            ended,
            new Text(
                "Une initiative menée à bien a fini un jour : lequel ?",
                "An initiative that is done has ended on a day: which?"));
      }
      default ->
          given(
              body,
              InitiativeFields.ENDED_ON,
              ended,
              new Text(
                  "Une initiative abandonnée l'a été un jour : lequel ?",
                  "An initiative that was dropped was so on a day: which?"));
    }
    if (started != null && ended != null && ended.compareTo(started) < 0) {
      body.error(
          InitiativeFields.ENDED_ON,
          "ended_before_started",
          new Text("La fin précède le début.", "The end is before the start."));
    }
  }

  private static void given(JsonBody body, String name, @Nullable String day, Text why) {
    if (day == null) {
      body.error(name, "required", why);
    }
  }

  private static void absent(
      JsonBody body, String name, @Nullable String day, String code, Text why) {
    if (day != null) {
      body.error(name, code, why);
    }
  }

  private static void notEnded(JsonBody body, @Nullable String ended) {
    absent(
        body,
        InitiativeFields.ENDED_ON,
        ended,
        "not_ended",
        new Text(
            "Une initiative qui a une fin est « done » ou « dropped ».",
            "An initiative that has an end is \"done\" or \"dropped\"."));
  }
}
