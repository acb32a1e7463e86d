package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.JsonBody;
import java.util.List;

/** What the team reads and writes of an event. */
final class EventFields {
  static final String SLUG = "slug";
  static final String TITLE = "title";

  private static final String PLACES = "places";
  private static final List<String> STATUSES = List.of("tentative", "confirmed", "cancelled");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST_LINE = 200;
  private static final int LONGEST_TEXT = 20_000;

  private static final Shapes.Member[] ORGANISER = {
    Shapes.required("name", Shapes.line(LONGEST_LINE)), Shapes.optional("url", Shapes.url())
  };

  static final List<Field> ALL =
      List.of(
          Field.shown("id"),
          Field.column(SLUG, Who.TEAM, SLUG, Readings.text(Values::slug)).keptWithout(),
          Field.column(TITLE, Who.TEAM, "", Readings.anyLanguage(Texts.line(LONGEST_LINE)))
              .mandatory()
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("title_fr", texts.get("fr"));
                    row.set("title_en", texts.get("en"));
                  }),
          Field.column("description", Who.TEAM, "", Readings.localized(LONGEST_TEXT))
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("description_fr", texts.get("fr"));
                    row.set("description_en", texts.get("en"));
                  }),
          Times.start(Who.TEAM),
          Times.end(Who.TEAM),
          Times.zone(),
          Field.column(PLACES, Who.TEAM, "", new EventPlaces())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (places, row) ->
                      row.then((database, id) -> EventPlaces.write(database, id, places))),
          Field.column("organiser", Who.TEAM, "", Shapes.object(ORGANISER))
              .with(Shapes.names(ORGANISER))
              .kept(
                  (organiser, row) -> {
                    row.set("organiser", organiser.get("name"));
                    row.set("organiser_url", organiser.get("url"));
                  }),
          Field.column("link", Who.TEAM, "link", Shapes.url()),
          Field.column("status", Who.TEAM, "status", Readings.one(STATUSES))
              .emptyAs(JSON.textNode("confirmed"))
              .keptWithout(),
          Field.column(
                  "publication", Who.TEAM, "publication", Readings.one(CompanyFields.PUBLICATIONS))
              .emptyAs(JSON.textNode("draft"))
              .keptWithout());

  private EventFields() {}

  /** The members, from the document of the change log. */
  static ObjectNode edit(Stored event) {
    JsonNode document = event.document();
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ALL) {
      JsonNode value = document.path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    edit.put("id", event.id());
    Times.edit(document, edit);
    edit.set(PLACES, EventPlaces.edit(document.path(PLACES)));
    return edit;
  }
}
