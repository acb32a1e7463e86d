package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import java.util.List;

/** What editors read and write of a Factory; its leads change mission and participants. */
final class FactoryFields {
  static final String LEADS = "leads";
  static final String PARTICIPANTS = "participants";
  static final String STATUS = "status";
  static final String ACTIVE = "active";
  static final List<String> STATUSES = List.of("forming", ACTIVE, "needs_lead", "closed");

  private static final Row.Links SECTORS = new Row.Links("factory_sector", "factory", "sector");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_SECTORS = 20;

  static final List<Field> ALL =
      List.of(
          Field.shown("id"),
          Field.column("slug", Who.TEAM, "slug", Readings.text(Values::slug)).keptWithout(),
          Field.column("name", Who.TEAM, "name", Readings.text(Texts.line(200))).mandatory(),
          Field.column("mission", Who.OWNER, "", Readings.localized(20_000))
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("mission_fr", texts.get("fr"));
                    row.set("mission_en", texts.get("en"));
                  }),
          Field.column("sectors", Who.TEAM, "", Readings.codes(MOST_SECTORS, CompanyFields::sector))
              .emptyAs(JSON.arrayNode())
              .kept((sectors, row) -> row.link(SECTORS, Json.texts(sectors))),
          Field.column(STATUS, Who.TEAM, STATUS, Readings.one(STATUSES))
              .emptyAs(JSON.textNode("forming"))
              .keptWithout(),
          Field.column(LEADS, Who.TEAM, "", new FactoryLeads())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (leads, row) ->
                      row.then((database, id) -> FactoryLeads.write(database, id, leads))),
          Field.column(PARTICIPANTS, Who.OWNER, "", new FactoryParticipants())
              .emptyAs(JSON.arrayNode())
              .kept(
                  (companies, row) ->
                      row.then(
                          (database, id) ->
                              FactoryParticipants.write(database, id, Json.texts(companies)))));

  private FactoryFields() {}

  /** The members, from the document of the change log. */
  static ObjectNode edit(Stored factory) {
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ALL) {
      JsonNode value = factory.document().path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    edit.put("id", factory.id());
    return edit;
  }
}
