package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.web.JsonBody;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Territories: the team sets their flags, everything else is official and follows its files. */
@Singleton
class TerritoryEditing implements Editable {
  private static final List<Field> FIELDS =
      List.of(
          Field.shown("code"),
          Field.shown("slug"),
          Field.shown("name"),
          Field.shown("level"),
          Field.shown("epciType"),
          Field.shown("population"),
          Field.shown("centre"),
          Field.shown("postalCodes"),
          Field.shown("formerCodes"),
          Field.shown("within"),
          flag("frenchTech", "french_tech"),
          flag("funder", "funder"),
          flag("namedPlace", "named_place"));

  private static Field flag(String name, String column) {
    return Field.column(name, Who.TEAM, column, Readings.flag())
        .emptyAs(JsonNodeFactory.instance.booleanNode(false));
  }

  @Override
  public String type() {
    return "territory";
  }

  @Override
  public String view() {
    return "territory_document";
  }

  @Override
  public String path() {
    return "/v1/territories";
  }

  @Override
  public List<Field> fields() {
    return FIELDS;
  }

  @Override
  public ObjectNode edit(Stored item) {
    JsonNode document = item.document();
    ObjectNode edit = JsonBody.emptyObject();
    FIELDS.forEach(field -> edit.set(field.name(), document.path(field.name())));
    edit.putObject("centre")
        .put("lat", document.path("latitude").doubleValue())
        .put("lon", document.path("longitude").doubleValue());
    return edit;
  }

  @Override
  public Row row() {
    return new Row("territory", "code");
  }

  /** By code, slug, or the former code of a commune that was merged. */
  @Override
  public Optional<String> find(Handle database, String ref, String lock) {
    return database
        .createQuery(
            "select code from territory where code = coalesce(current_commune(:code), :code) or slug = :slug order by code limit 1 "
                + lock)
        .bind("code", ref.toUpperCase(Locale.ROOT))
        .bind("slug", ref.toLowerCase(Locale.ROOT))
        .mapTo(String.class)
        .findOne();
  }
}
