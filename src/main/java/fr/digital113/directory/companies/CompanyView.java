package fr.digital113.directory.companies;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A company as everybody sees it. The headcount is not here: it is confidential, the size class is
 * public.
 */
record CompanyView(
    String id,
    String slug,
    String name,
    @Nullable String legalName,
    @Nullable String siren,
    @Nullable String siret,
    @Nullable String description,
    @Nullable String website,
    @Nullable String email,
    @Nullable String phone,
    Commune commune,
    @Nullable String address,
    @Nullable String postalCode,
    Location location,
    List<Territory> territories,
    List<Sector> sectors,
    @Nullable Naf naf,
    @Nullable Integer foundedYear,
    Coded sizeClass,
    boolean hiring,
    List<String> exportMarkets,
    @Nullable String logo,
    JsonNode social,
    Membership membership,
    String publication,
    List<Factory> factories,
    Source source,
    Instant updatedAt,
    long revision) {

  private static final List<String> LEVELS = List.of("commune", "epci", "departement", "region");

  /** A commune by its Insee code. */
  record Commune(String code, String name) {}

  /**
   * WGS84 degrees. {@code precision}: {@code address}, or {@code commune} for the centre of the
   * commune.
   */
  record Location(double lat, double lon, String precision) {}

  /** A territory that the company lies in, the narrowest first. */
  record Territory(String code, String slug, String name, String level) {}

  record Sector(String slug, String label) {}

  /** Activity code; {@code nomenclature} is {@code NAFRev2} or {@code NAF2025}. */
  record Naf(String code, String nomenclature) {}

  record Coded(String code, String label) {}

  /** {@code status}: member, former, or none for a company known from the public register only. */
  record Membership(
      String status, @Nullable String joinedOn, @Nullable String leftOn, @Nullable String origin) {}

  /** A Factory that the company takes part in; {@code role} is lead or participant. */
  record Factory(String slug, String name, String role) {}

  /** Where the entry comes from, and the day its data is of. */
  record Source(String name, String date) {}

  static CompanyView of(
      FeedItem item, JsonNode document, Labels labels, SizeClasses sizeClasses, Language language) {
    JsonNode commune =
        Objects.requireNonNull(labels.find("territory", document.path("commune").asText()));
    String sizeClass = document.path("sizeClass").asText();
    return new CompanyView(
        item.id(),
        document.path("slug").asText(),
        document.path("name").asText(),
        Json.text(document, "legalName"),
        Json.text(document, "siren"),
        Json.text(document, "siret"),
        Localized.text(document.path("description"), language),
        Json.text(document, "website"),
        Json.text(document, "email"),
        Json.text(document, "phone"),
        new Commune(commune.path("code").asText(), commune.path("name").asText()),
        Json.text(document, "address"),
        Json.text(document, "postalCode"),
        location(document, commune),
        territories(commune, labels),
        sectors(document, labels, language),
        naf(document),
        document.path("foundedYear").isInt() ? document.path("foundedYear").intValue() : null,
        new Coded(sizeClass, sizeClasses.label(sizeClass).in(language)),
        document.path("hiring").booleanValue(),
        Json.texts(document.path("exportMarkets")),
        Json.text(document, "logo"),
        document.path("social"),
        membership(document.path("membership")),
        document.path("publication").asText(),
        factories(document, labels),
        source(item, document),
        item.updatedAt(),
        item.revision());
  }

  /** The company's own point, else the centre of its commune. */
  static Location location(JsonNode document, JsonNode commune) {
    JsonNode latitude = document.path("latitude");
    return latitude.isNumber()
        ? new Location(latitude.doubleValue(), document.path("longitude").doubleValue(), "address")
        : new Location(
            commune.path("latitude").doubleValue(),
            commune.path("longitude").doubleValue(),
            "commune");
  }

  private static List<Territory> territories(JsonNode commune, Labels labels) {
    List<Territory> territories = new ArrayList<>();
    territories.add(territory(commune));
    for (String code : Json.texts(commune.path("within"))) {
      JsonNode container = labels.find("territory", code);
      if (container != null) {
        territories.add(territory(container));
      }
    }
    territories.sort(Comparator.comparingInt(each -> LEVELS.indexOf(each.level())));
    return territories;
  }

  private static Territory territory(JsonNode document) {
    return new Territory(
        document.path("code").asText(),
        document.path("slug").asText(),
        document.path("name").asText(),
        document.path("level").asText());
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

  private static List<Factory> factories(JsonNode document, Labels labels) {
    List<Factory> factories = new ArrayList<>();
    for (JsonNode each : document.path("factories")) {
      JsonNode factory = labels.find("factory", each.path("id").asText());
      if (factory != null) {
        factories.add(
            new Factory(
                factory.path("slug").asText(),
                factory.path("name").asText(),
                each.path("role").asText()));
      }
    }
    factories.sort(Comparator.comparing(Factory::slug));
    return factories;
  }

  static @Nullable Naf naf(JsonNode document) {
    String code = Json.text(document, "naf");
    return code == null ? null : new Naf(code, document.path("nafNomenclature").asText());
  }

  private static Membership membership(JsonNode membership) {
    return new Membership(
        membership.path("status").asText(),
        Json.text(membership, "joinedOn"),
        Json.text(membership, "leftOn"),
        Json.text(membership, "origin"));
  }

  static Source source(FeedItem item, JsonNode document) {
    return document.path("source").asText().equals("register")
        ? new Source(Credits.REGISTER, document.path("sourceDate").asText())
        : new Source(
            Credits.CLUSTER, item.updatedAt().atZone(Moments.ZONE).toLocalDate().toString());
  }
}
