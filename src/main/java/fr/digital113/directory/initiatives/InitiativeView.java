package fr.digital113.directory.initiatives;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An initiative, the same for all who may see it.
 *
 * @param kind collective_action or collaborative_project
 * @param status proposed, running, done or dropped
 * @param factory the Factory that leads it
 * @param partners {@link Company}s of the directory and {@link Other} organisations
 * @param startedOn a day; null before it has begun
 * @param endedOn the day on which it was done, or dropped
 * @param publication draft, published or archived; the public sees published ones alone
 */
record InitiativeView(
    String id,
    String slug,
    String kind,
    @Nullable String title,
    @Nullable String summary,
    String status,
    @Nullable Ref factory,
    List<Partner> partners,
    @Nullable String startedOn,
    @Nullable String endedOn,
    @Nullable String outcome,
    String publication,
    Instant updatedAt,
    long revision) {

  /** A Factory or company. */
  record Ref(String id, String slug, String name) {}

  /** Who takes part beside the Factory. */
  sealed interface Partner permits Company, Other {}

  /** A company of the directory. */
  record Company(Ref company) implements Partner {}

  /** An organisation outside of the directory. */
  record Other(String name, @Nullable String url) implements Partner {}

  static InitiativeView of(FeedItem item, JsonNode document, Labels labels, Language language) {
    return new InitiativeView(
        item.id(),
        document.path("slug").asText(),
        document.path("kind").asText(),
        Localized.text(document.path("title"), language),
        Localized.text(document.path("summary"), language),
        document.path("status").asText(),
        factory(document, labels),
        partners(document, labels),
        Json.text(document, "startedOn"),
        Json.text(document, "endedOn"),
        Localized.text(document.path("outcome"), language),
        document.path("publication").asText(),
        item.updatedAt(),
        item.revision());
  }

  private static @Nullable Ref factory(JsonNode document, Labels labels) {
    String id = document.path("factory").asText();
    JsonNode factory = labels.find("factory", id);
    return factory == null ? null : ref(id, factory);
  }

  private static List<Partner> partners(JsonNode document, Labels labels) {
    List<Partner> partners = new ArrayList<>();
    for (JsonNode partner : document.path("partners")) {
      String id = Json.text(partner, "company");
      if (id == null) {
        partners.add(new Other(partner.path("name").asText(), Json.text(partner, "url")));
        continue;
      }
      JsonNode company = publicCompany(id, labels);
      if (company != null) {
        partners.add(new Company(ref(id, company)));
      }
    }
    return partners;
  }

  /** The document of a company that everybody may see; null for all others. */
  static @Nullable JsonNode publicCompany(String id, Labels labels) {
    JsonNode company = labels.find("company", id);
    return company != null && company.path("publication").asText().equals("published")
        ? company
        : null;
  }

  private static Ref ref(String id, JsonNode document) {
    return new Ref(id, document.path("slug").asText(), document.path("name").asText());
  }
}
