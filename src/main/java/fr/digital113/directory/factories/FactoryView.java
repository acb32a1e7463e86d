package fr.digital113.directory.factories;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Factory, without the number of its companies, which is counted when it is read.
 *
 * @param status forming, active, needs_lead or closed
 * @param leads two of two companies while active
 */
record FactoryView(
    String id,
    String slug,
    String name,
    @Nullable String mission,
    List<Sector> sectors,
    String status,
    List<Lead> leads,
    Instant updatedAt,
    long revision) {

  record Sector(String slug, String label) {}

  /** A company that leads, and the day since when. */
  record Lead(Company company, String since) {}

  record Company(String id, String slug, String name) {}

  static FactoryView of(FeedItem item, JsonNode document, Labels labels, Language language) {
    return new FactoryView(
        item.id(),
        document.path("slug").asText(),
        document.path("name").asText(),
        Localized.text(document.path("mission"), language),
        sectors(document, labels, language),
        document.path("status").asText(),
        leads(document, labels),
        item.updatedAt(),
        item.revision());
  }

  private static List<Sector> sectors(JsonNode document, Labels labels, Language language) {
    List<Sector> sectors = new ArrayList<>();
    for (String slug : Json.texts(document.path("sectors"))) {
      JsonNode sector = labels.find("sector", slug);
      if (sector != null) {
        String label = Localized.text(sector.path("label"), language);
        sectors.add(new Sector(slug, Objects.requireNonNull(label)));
      }
    }
    return sectors;
  }

  /** Leads whose company is not public are left out, not named. */
  private static List<Lead> leads(JsonNode document, Labels labels) {
    List<Lead> leads = new ArrayList<>();
    for (JsonNode lead : document.path("leads")) {
      String id = lead.path("company").asText();
      JsonNode company = labels.find("company", id);
      if (company != null) {
        leads.add(
            new Lead(
                new Company(id, company.path("slug").asText(), company.path("name").asText()),
                lead.path("since").asText()));
      }
    }
    return leads;
  }
}
