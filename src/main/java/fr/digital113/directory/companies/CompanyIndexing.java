package fr.digital113.directory.companies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.IndexedType;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.TextPart;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts companies into the index. */
@Singleton
class CompanyIndexing implements IndexedType {
  private static final String KIND =
      "entreprise, société, startup, PME, TPE, company, business, firm";

  private static final Set<String> WIDER_LEVELS =
      Set.of(CompanyFields.REGION, CompanyFields.DEPARTEMENT, CompanyFields.EPCI);

  private final SizeClasses sizeClasses;

  CompanyIndexing(SizeClasses sizeClasses) {
    this.sizeClasses = sizeClasses;
  }

  @Override
  public String type() {
    return CompanyFields.TYPE;
  }

  @Override
  public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
    entry.slug(document.path("slug").asText());
    Json.texts(document.path("formerSlugs")).forEach(entry::formerSlug);
    entry.ref(Json.text(document, "siren"));
    entry.ref(Json.text(document, "siret"));
    entry.sortText(CompanyFields.NAME, document.path("name").asText());

    JsonNode membership = document.path("membership");
    filterAndFacet(entry, CompanyFields.MEMBERSHIP, Json.text(membership, "status"));
    filterAndFacet(entry, CompanyFields.ORIGIN, Json.text(membership, "origin"));
    String joinedOn = Json.text(membership, "joinedOn");
    entry.number(CompanyFields.JOINED, epochDay(joinedOn));
    entry.facet(CompanyFields.JOINED_YEAR, joinedOn == null ? null : joinedOn.substring(0, 4));
    filterAndFacet(entry, CompanyFields.SIZE_CLASS, Json.text(document, "sizeClass"));
    entry.term(CompanyFields.HIRING, document.path("hiring").asText());
    Json.texts(document.path("exportMarkets"))
        .forEach(market -> entry.term(CompanyFields.EXPORT_MARKET, market));
    for (String sector : Json.texts(document.path("sectors"))) {
      filterAndFacet(entry, CompanyFields.SECTOR, sector);
      entry.uses("sector", sector);
    }
    for (JsonNode factory : document.path("factories")) {
      filterAndFacet(entry, CompanyFields.FACTORY, factory.path("id").asText());
      entry.uses("factory", factory.path("id").asText());
    }
    location(document, labels, entry);
    texts(document, labels, entry);
    territories(document.path("commune").asText(), labels, entry);
    if (entry.isPrivate()) {
      filterAndFacet(entry, CompanyFields.PUBLICATION, Json.text(document, "publication"));
    }
    String commune = communeName(document, labels);
    for (Language language : Language.values()) {
      entry.suggestion(
          language, document.path("slug").asText(), document.path("name").asText(), commune);
      CompanyView view = CompanyView.of(item, document, labels, sizeClasses, language);
      entry.body(language, entry.isPrivate() ? PrivateCompanyView.of(view, document) : view);
    }
  }

  /** With the point that is shown, and the names that single companies have. */
  @Override
  public ObjectNode followed(FeedItem item, JsonNode document, Labels labels) {
    ObjectNode data = IndexedType.super.followed(item, document, labels);
    data.remove(List.of("latitude", "longitude", "nafNomenclature", "sourceDate"));
    JsonNode commune = labels.find("territory", document.path("commune").asText());
    if (commune != null) {
      data.putPOJO("location", CompanyView.location(document, commune));
    }
    data.putPOJO("naf", CompanyView.naf(document));
    data.putPOJO("source", CompanyView.source(item, document));
    return data;
  }

  /** The point that is shown. */
  private static void location(JsonNode document, Labels labels, IndexEntry entry) {
    JsonNode commune = labels.find("territory", document.path("commune").asText());
    if (commune != null) {
      CompanyView.Location location = CompanyView.location(document, commune);
      entry.location(location.lat(), location.lon());
    }
  }

  private static void texts(JsonNode document, Labels labels, IndexEntry entry) {
    entry.text(TextPart.KIND, KIND);
    entry.text(TextPart.NAME, document.path("name").asText());
    entry.text(TextPart.LEGAL_NAME, Json.text(document, "legalName"));
    entry.text(TextPart.CODE, Json.text(document, "siren"));
    entry.text(TextPart.CODE, Json.text(document, "siret"));
    document
        .path("description")
        .forEach(description -> entry.text(TextPart.DESCRIPTION, description.asText()));
    TextPart topic = TextPart.MAIN_TOPIC; // the first sector is what a company mostly does
    for (String slug : Json.texts(document.path("sectors"))) {
      JsonNode sector = labels.find("sector", slug);
      if (sector != null) {
        for (JsonNode label : sector.path("label")) {
          entry.text(topic, label.asText());
        }
      }
      topic = TextPart.TOPIC;
    }
    for (JsonNode each : document.path("factories")) {
      JsonNode factory = labels.find("factory", each.path("id").asText());
      if (factory != null) {
        entry.text(TextPart.TOPIC, factory.path("name").asText());
      }
    }
    places(document, labels, entry);
  }

  private static void places(JsonNode document, Labels labels, IndexEntry entry) {
    JsonNode commune = labels.find("territory", document.path("commune").asText());
    String postalCode = Json.text(document, "postalCode");
    entry.text(TextPart.PLACE, postalCode);
    if (commune == null) {
      return;
    }
    entry.text(TextPart.PLACE, Json.text(commune, "name"));
    if (postalCode == null) {
      Json.texts(commune.path("postalCodes")).forEach(code -> entry.text(TextPart.PLACE, code));
    }
    for (String code : Json.texts(commune.path("within"))) {
      JsonNode container = labels.find("territory", code);
      if (container != null) {
        entry.text(TextPart.AREA, Json.text(container, "name"));
        if (container.path("level").asText().equals("departement")) {
          entry.text(TextPart.AREA, code);
        }
      }
    }
  }

  private static void territories(String commune, Labels labels, IndexEntry entry) {
    filterAndFacet(entry, CompanyFields.TERRITORY, commune);
    entry.uses("territory", commune);
    statisticalFacets(entry, commune, labels);
    JsonNode document = labels.find("territory", commune);
    if (document != null) {
      for (String container : Json.texts(document.path("within"))) {
        filterAndFacet(entry, CompanyFields.TERRITORY, container);
        entry.uses("territory", container);
        statisticalFacets(entry, container, labels);
      }
    }
  }

  /**
   * One level among all would be hidden by the communes: wider ones are counted apart, and so are
   * the places that the cluster names.
   */
  private static void statisticalFacets(IndexEntry entry, String code, Labels labels) {
    JsonNode territory = labels.find("territory", code);
    if (territory == null) {
      return;
    }
    String level = territory.path("level").asText();
    if (WIDER_LEVELS.contains(level)) {
      entry.facet(level, code);
    }
    if (territory.path("namedPlace").asBoolean()) {
      entry.facet(CompanyFields.NAMED_PLACE, code);
    }
  }

  private static void filterAndFacet(IndexEntry entry, String field, @Nullable String value) {
    entry.term(field, value);
    entry.facet(field, value);
  }

  private static @Nullable Long epochDay(@Nullable String date) {
    return date == null ? null : LocalDate.parse(date).toEpochDay();
  }

  private static String communeName(JsonNode document, Labels labels) {
    JsonNode commune = labels.find("territory", document.path("commune").asText());
    return commune == null ? "" : commune.path("name").asText();
  }
}
