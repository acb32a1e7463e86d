package fr.digital113.directory.initiatives;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.insiders.Reader;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts initiatives into the index. */
@Singleton
class InitiativeIndexing implements IndexedType {
  private static final String ALL = "initiative, action, projet, project";

  @Override
  public String type() {
    return InitiativeFields.TYPE;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.slug(document.path("slug").asText());
    Json.texts(document.path("formerSlugs")).forEach(entry::formerSlug);
    Reader.index(document, entry);
    filterAndFacet(entry, InitiativeFields.STATUS, Json.text(document, "status"));
    filterAndFacet(entry, InitiativeFields.KIND, Json.text(document, "kind"));
    filterAndFacet(entry, InitiativeFields.PUBLICATION, Json.text(document, "publication"));
    entry.number(InitiativeFields.STARTED, epochDay(Json.text(document, "startedOn")));
    entry.number(InitiativeFields.ENDED, epochDay(Json.text(document, "endedOn")));
    entry.text(TextPart.KIND, ALL);
    document.path("title").forEach(title -> entry.text(TextPart.NAME, title.asText()));
    document.path("summary").forEach(text -> entry.text(TextPart.DESCRIPTION, text.asText()));
    document.path("outcome").forEach(text -> entry.text(TextPart.DESCRIPTION, text.asText()));
    String factory = factory(document, labels, entry);
    partners(document, labels, entry);
    for (Language language : Language.values()) {
      String title = Objects.requireNonNull(Localized.text(document.path("title"), language));
      entry.sortText(InitiativeFields.TITLE + language.tag(), title);
      entry.suggestion(language, document.path("slug").asText(), title, factory);
      entry.body(language, InitiativeView.of(item, document, labels, language));
    }
  }

  /** The Factory that leads it, by which its sectors are found; returns its name. */
  private static String factory(JsonNode document, Labels labels, IndexEntry entry) {
    String id = document.path("factory").asText();
    filterAndFacet(entry, InitiativeFields.FACTORY, id);
    entry.uses("factory", id);
    JsonNode factory = labels.find("factory", id);
    if (factory == null) {
      return "";
    }
    Json.texts(factory.path("sectors"))
        .forEach(sector -> entry.term(InitiativeFields.SECTOR, sector));
    entry.text(TextPart.TOPIC, factory.path("name").asText());
    return factory.path("name").asText();
  }

  /** Companies that are not public are found by nobody, whoever sees the initiative. */
  private static void partners(JsonNode document, Labels labels, IndexEntry entry) {
    for (JsonNode partner : document.path("partners")) {
      String id = Json.text(partner, "company");
      if (id == null) {
        entry.text(TextPart.DESCRIPTION, partner.path("name").asText());
        continue;
      }
      entry.uses("company", id);
      JsonNode company = InitiativeView.publicCompany(id, labels);
      if (company != null) {
        entry.term(InitiativeFields.PARTNER, id);
        entry.text(TextPart.DESCRIPTION, company.path("name").asText());
      }
    }
  }

  private static void filterAndFacet(IndexEntry entry, String field, @Nullable String value) {
    entry.term(field, value);
    entry.facet(field, value);
  }

  private static @Nullable Long epochDay(@Nullable String date) {
    return date == null ? null : LocalDate.parse(date).toEpochDay();
  }
}
