package fr.digital113.directory.territories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts territories into the index. */
@Singleton
class TerritoryIndexing implements IndexedType {
  private static final int TOWNS_IN_AN_EPCI = 4;
  private static final Map<String, Text> KINDS =
      Map.of(
          "region", new Text("Région", "Region"),
          "departement", new Text("Département", "Département"),
          "epci", new Text("Intercommunalité", "Group of communes"),
          "commune", new Text("Commune", "Commune"));

  @Override
  public String type() {
    return TerritoryFields.TYPE;
  }

  @Override
  public boolean isLabel() {
    return true;
  }

  @Override
  public ObjectNode followed(FeedItem item, JsonNode document, Labels labels) {
    ObjectNode data = IndexedType.super.followed(item, document, labels);
    data.remove(List.of("latitude", "longitude"));
    data.putPOJO("centre", TerritoryView.centre(document));
    return data;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.slug(document.path("slug").asText());
    Json.texts(document.path("formerCodes")).forEach(entry::ref);
    entry.sortText(TerritoryFields.NAME, document.path("name").asText());
    entry.number(TerritoryFields.POPULATION, document.path("population").longValue());
    entry.term(TerritoryFields.LEVEL, Json.text(document, "level"));
    for (String container : Json.texts(document.path("within"))) {
      entry.term(TerritoryFields.WITHIN, container);
      entry.uses(TerritoryFields.TYPE, container);
    }
    entry.text(TextPart.NAME, Json.text(document, "name"));
    entry.text(TextPart.CODE, item.id());
    Json.texts(document.path("formerCodes")).forEach(code -> entry.text(TextPart.CODE, code));
    Json.texts(document.path("postalCodes")).forEach(code -> entry.text(TextPart.CODE, code));
    suggestions(document, labels, entry);
    TerritoryView view = TerritoryView.of(item, document, labels);
    for (Language language : Language.values()) {
      entry.body(language, view); // names of places are not translated
    }
  }

  private static void suggestions(JsonNode document, Labels labels, IndexEntry entry) {
    String level = document.path("level").asText();
    long population = document.path("population").longValue();
    // People mean a town rather than the EPCI that is named after it.
    entry.prominence(level.equals("epci") ? population / TOWNS_IN_AN_EPCI : population);
    List<String> departements = new ArrayList<>();
    for (String code : Json.texts(document.path("within"))) {
      JsonNode container = labels.find(TerritoryFields.TYPE, code);
      if (container != null && container.path("level").asText().equals("departement")) {
        departements.add(container.path("name").asText());
      }
    }
    for (Language language : Language.values()) {
      List<String> detail =
          new ArrayList<>(List.of(Objects.requireNonNull(KINDS.get(level), level).in(language)));
      detail.addAll(departements);
      entry.suggestion(
          language,
          document.path("slug").asText(),
          document.path("name").asText(),
          String.join(", ", detail));
    }
  }
}
