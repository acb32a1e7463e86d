package fr.digital113.directory.factories;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import jakarta.inject.Singleton;

/** Puts Factories into the index. */
@Singleton
class FactoryIndexing implements IndexedType {
  static final String TYPE = "factory";
  static final String NAME = "name";
  static final String SECTOR = "sector";
  static final String STATUS = "status";

  private static final String KIND = "Factory"; // in both languages

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public boolean isLabel() {
    return true;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.slug(document.path("slug").asText());
    Json.texts(document.path("formerSlugs")).forEach(entry::formerSlug);
    names(document, entry);
    entry.sortText(NAME, document.path("name").asText());
    entry.term(STATUS, Json.text(document, "status"));
    for (String sector : Json.texts(document.path("sectors"))) {
      entry.term(SECTOR, sector);
      entry.uses("sector", sector);
    }
    for (JsonNode lead : document.path("leads")) {
      entry.uses("company", lead.path("company").asText());
    }
    for (Language language : Language.values()) {
      entry.suggestion(
          language, document.path("slug").asText(), document.path("name").asText(), KIND);
      entry.body(language, FactoryView.of(item, document, labels, language));
    }
  }

  /** Every name begins with the kind, which people leave out. */
  private static void names(JsonNode document, IndexEntry entry) {
    String name = document.path("name").asText();
    entry.text(TextPart.NAME, name);
    if (name.startsWith(KIND + " ")) {
      entry.text(TextPart.NAME, name.substring(KIND.length()));
    }
  }
}
