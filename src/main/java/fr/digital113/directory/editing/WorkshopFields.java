package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import java.util.List;

/**
 * What the team reads and writes of a workshop. What participants say of a plan is not among it:
 * that is written by {@link AssessmentResource}, in their own name.
 */
final class WorkshopFields {
  static final String PARTICIPANTS = "participants";
  static final String PRESENTERS = "presenters";

  private static final String PLACE = "place";
  private static final List<String> STATUSES = List.of("planned", "held", "cancelled");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_LINE = 200;

  static final List<Field> ALL =
      List.of(
          Field.shown("id"),
          Field.column("subject", Who.TEAM, "", Readings.anyLanguage(Texts.line(LONGEST_LINE)))
              .mandatory()
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("subject_fr", texts.get("fr"));
                    row.set("subject_en", texts.get("en"));
                  }),
          Times.start(Who.TEAM),
          Times.end(Who.TEAM),
          Times.zone(),
          Places.field(PLACE, Who.TEAM),
          Field.column("status", Who.TEAM, "status", Readings.one(STATUSES))
              .emptyAs(JSON.textNode("planned"))
              .keptWithout(),
          Field.column(
                  "publication", Who.TEAM, "publication", Readings.one(CompanyFields.PUBLICATIONS))
              .emptyAs(JSON.textNode("draft"))
              .keptWithout(),
          Field.column(PARTICIPANTS, Who.TEAM, "", new FactoryParticipants())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (companies, row) ->
                      row.then(
                          (database, id) ->
                              WorkshopParticipants.write(database, id, Json.texts(companies)))),
          Field.column(PRESENTERS, Who.TEAM, "", new WorkshopPresenters())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (presenters, row) ->
                      row.then(
                          (database, id) -> WorkshopPresenters.write(database, id, presenters))));

  private WorkshopFields() {}

  /** The members, from the document of the change log. */
  static ObjectNode edit(Stored workshop) {
    JsonNode document = workshop.document();
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ALL) {
      JsonNode value = document.path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    edit.put("id", workshop.id());
    Times.edit(document, edit);
    edit.set(PLACE, Places.edit(document.path(PLACE)));
    return edit;
  }
}
