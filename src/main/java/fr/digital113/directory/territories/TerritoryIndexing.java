package fr.digital113.directory.territories;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import jakarta.inject.Singleton;

/** Puts territories into the index. */
@Singleton
class TerritoryIndexing implements IndexedType {

  @Override
  public String type() {
    return TerritoryFields.TYPE;
  }

  @Override
  public boolean isLabel() {
    return true;
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
    TerritoryView view = TerritoryView.of(item, document, labels);
    for (Language language : Language.values()) {
      entry.body(language, view); // names of places are not translated
    }
  }
}
