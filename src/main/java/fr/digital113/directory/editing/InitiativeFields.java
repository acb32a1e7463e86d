package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What editors read and write of an initiative; the team alone gives it to another Factory. */
final class InitiativeFields {
  static final String FACTORY = "factory";
  static final String STATUS = "status";
  static final String STARTED_ON = "startedOn";
  static final String ENDED_ON = "endedOn";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> KINDS = List.of("collective_action", "collaborative_project");
  private static final List<String> STATUSES = List.of("proposed", "running", "done", "dropped");

  static final List<Field> ALL =
      List.of(
          Field.shown("id"),
          Field.column("slug", Who.OWNER, "slug", Readings.text(Values::slug)).keptWithout(),
          Field.column("kind", Who.OWNER, "kind", Readings.one(KINDS)).mandatory(),
          texts("title", "title_fr", "title_en", Readings.localizedLine(200)).mandatory(),
          texts("summary", "summary_fr", "summary_en", Readings.localized(20_000)),
          Field.column(STATUS, Who.OWNER, STATUS, Readings.one(STATUSES))
              .emptyAs(JSON.textNode("proposed"))
              .keptWithout(),
          Field.column(FACTORY, Who.TEAM, FACTORY, InitiativeFields::factory)
              .mandatory()
              .keptWithout(),
          Field.column("partners", Who.OWNER, "", new InitiativePartners())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (partners, row) ->
                      row.then((database, id) -> InitiativePartners.write(database, id, partners))),
          Field.column(STARTED_ON, Who.OWNER, "started_on", Readings.dayUntilToday()),
          Field.column(ENDED_ON, Who.OWNER, "ended_on", Readings.dayUntilToday()),
          texts("outcome", "outcome_fr", "outcome_en", Readings.localized(20_000)),
          Field.column(
                  "publication", Who.OWNER, "publication", Readings.one(CompanyFields.PUBLICATIONS))
              .emptyAs(JSON.textNode("draft"))
              .keptWithout());

  private InitiativeFields() {}

  private static Field texts(String name, String french, String english, Field.Reading reading) {
    return Field.column(name, Who.OWNER, "", reading)
        .emptyAs(JSON.objectNode())
        .with(Readings.LANGUAGES)
        .kept(
            (texts, row) -> {
              row.set(french, texts.get("fr"));
              row.set(english, texts.get("en"));
            });
  }

  private static @Nullable JsonNode factory(JsonBody body, String name, Codes codes) {
    String ref = body.text(name);
    String id = ref == null ? null : codes.factory(ref).orElse(null);
    if (ref != null && id == null) {
      body.error(
          name,
          "unknown_factory",
          new Text(
              "Aucune Factory n'a cet identifiant ou ce slug.", "No Factory has this id or slug."));
    }
    return id == null ? null : JSON.textNode(id);
  }

  /** The members, from the document of the change log. */
  static ObjectNode edit(Stored initiative) {
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ALL) {
      JsonNode value = initiative.document().path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    return edit.put("id", initiative.id());
  }
}
