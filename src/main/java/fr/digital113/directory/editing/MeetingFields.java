package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.calendar.Recurrence;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.JsonBody;
import java.util.List;

/** What editors read and write of a meeting, all of it by the leads of its Factory too. */
final class MeetingFields {
  static final String FACTORY = "factory";
  static final String RULE = "rule";
  static final String ATTENDANCE = "attendance";
  static final String OCCURRENCES = "occurrences";
  static final List<String> STATUSES = List.of("tentative", "confirmed", "cancelled");
  static final int LONGEST_TITLE = 200;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_AGENDA = 20_000;

  static final List<Field> ALL =
      List.of(
          Field.shown("id"),
          Field.column(FACTORY, Who.MAKER, FACTORY, Readings.code(MeetingFields::factory))
              .mandatory()
              .keptWithout(),
          Field.column("title", Who.OWNER, "", Readings.anyLanguage(Texts.line(LONGEST_TITLE)))
              .mandatory()
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("title_fr", texts.get("fr"));
                    row.set("title_en", texts.get("en"));
                  }),
          Times.start(Who.OWNER),
          Times.end(Who.OWNER),
          Times.zone(),
          Field.column(RULE, Who.OWNER, RULE, Readings.text(Recurrence::canonical)),
          Places.field("place", Who.OWNER),
          Field.column("link", Who.OWNER, "link", Shapes.url()),
          Field.column("agenda", Who.OWNER, "", Readings.localized(LONGEST_AGENDA))
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("agenda_fr", texts.get("fr"));
                    row.set("agenda_en", texts.get("en"));
                  }),
          Field.column("minutes", Who.OWNER, "minutes", Shapes.url()),
          Field.column(
                  "visibility", Who.OWNER, "visibility", Readings.one(List.of("public", "members")))
              .emptyAs(JSON.textNode("public"))
              .keptWithout(),
          Field.column("status", Who.OWNER, "status", Readings.one(STATUSES))
              .emptyAs(JSON.textNode("confirmed"))
              .keptWithout(),
          Field.column(
                  "publication", Who.OWNER, "publication", Readings.one(CompanyFields.PUBLICATIONS))
              .emptyAs(JSON.textNode("draft"))
              .keptWithout(),
          Field.column(ATTENDANCE, Who.OWNER, "", new FactoryParticipants())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (companies, row) ->
                      row.then(
                          (database, id) ->
                              MeetingOccurrences.writeAttendance(database, id, companies))),
          Field.column(OCCURRENCES, Who.OWNER, "", new MeetingOccurrences())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (occurrences, row) ->
                      row.then(
                          (database, id) -> MeetingOccurrences.write(database, id, occurrences))));

  private MeetingFields() {}

  /** The members, from the document of the change log. */
  static ObjectNode edit(Stored meeting) {
    JsonNode document = meeting.document();
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ALL) {
      JsonNode value = document.path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    edit.put("id", meeting.id());
    Times.edit(document, edit);
    edit.set("place", Places.edit(document.path("place")));
    edit.set(OCCURRENCES, MeetingOccurrences.edit(document.path(OCCURRENCES)));
    return edit;
  }

  private static String factory(String ref, Codes codes) throws BadValueException {
    return codes
        .factory(ref)
        .orElseThrow(
            () ->
                new BadValueException(
                    "unknown_factory",
                    "Aucune Factory n'a cet identifiant ou ce slug.",
                    "No Factory has this id or slug."));
  }
}
