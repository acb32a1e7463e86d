package fr.digital113.directory.sectors;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;

/** Puts sectors into the index. */
@Singleton
class SectorIndexing implements IndexedType {
  static final String TYPE = "sector";

  private static final Text SUGGESTED_AS = new Text("Secteur", "Sector");

  /** A sector without the number of its companies, which is counted when it is read. */
  record SectorView(String slug, String label, JsonNode naf, Instant updatedAt, long revision) {}

  /** The field that orders sectors by their label. */
  static String labelField(Language language) {
    return "label_" + language.tag();
  }

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
    entry.slug(item.id());
    entry.text(TextPart.NAME, item.id());
    for (Language language : Language.values()) {
      String label = Objects.requireNonNull(Localized.text(document.path("label"), language));
      entry.sortText(labelField(language), label);
      entry.text(TextPart.NAME, label);
      entry.suggestion(language, item.id(), label, SUGGESTED_AS.in(language));
      entry.body(
          language,
          new SectorView(
              item.id(), label, document.path("naf"), item.updatedAt(), item.revision()));
    }
  }
}
