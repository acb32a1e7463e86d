package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.Field.Who;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.CompanySlugs;
import fr.digital113.directory.values.Identifiers;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import java.util.List;
import java.util.Set;

/** What editors read and write of a company. */
final class CompanyFields {
  static final Row.Links SECTORS = new Row.Links("company_sector", "company", "sector");
  static final List<String> PUBLICATIONS = List.of("draft", "published", "archived");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ADDRESS = "address";
  private static final int MOST_SECTORS = 20;
  private static final int MOST_COUNTRIES = 249;

  static final List<Field> ALL =
      List.of(
          Field.shown("id"),
          Field.column("slug", Who.TEAM, "slug", Readings.text(CompanySlugs::given)).keptWithout(),
          Field.column("name", Who.PROPOSES, "name", Readings.text(Texts.line(200)))
              .about("name")
              .mandatory(),
          Field.column("legalName", Who.TEAM, "legal_name", Readings.text(Texts.line(300))),
          Field.column("siren", Who.TEAM, "siren", Readings.text(CompanyFields::siren)),
          Field.column("siret", Who.TEAM, "siret", Readings.text(CompanyFields::siret)),
          Field.column("description", Who.OWNER, "", Readings.localized(20_000))
              .emptyAs(JSON.objectNode())
              .with(Readings.LANGUAGES)
              .kept(
                  (texts, row) -> {
                    row.set("description_fr", texts.get("fr"));
                    row.set("description_en", texts.get("en"));
                  }),
          Field.column("website", Who.OWNER, "website", Readings.text(Texts::url)),
          Field.column("email", Who.OWNER, "email", Readings.text(Values::email)),
          Field.column("phone", Who.OWNER, "phone", Readings.text(Values::phone)),
          Field.column("personalContact", Who.OWNER, "personal_contact", new PersonalContact())
              .with(Readings.CONTACTS)
              .keptWithout() // or an editor that knows nothing of it would publish what is a
              // person's
              .emptyAs(JSON.objectNode()),
          Field.column("commune", Who.PROPOSES, "commune", Readings.code(CompanyFields::commune))
              .about(ADDRESS)
              .mandatory(),
          Field.column(ADDRESS, Who.PROPOSES, ADDRESS, Readings.text(Texts.line(300)))
              .about(ADDRESS),
          Field.column(
                  "postalCode",
                  Who.PROPOSES,
                  "postal_code",
                  Readings.code((text, codes) -> codes.known().postalCode(text)))
              .about(ADDRESS),
          Field.column("location", Who.PROPOSES, "", Readings.location())
              .about(ADDRESS)
              .with(Set.of("lat", "lon"))
              .kept(
                  (point, row) -> {
                    row.set("latitude", point.get("lat"));
                    row.set("longitude", point.get("lon"));
                  }),
          Field.column(
                  "sectors", Who.PROPOSES, "", Readings.codes(MOST_SECTORS, CompanyFields::sector))
              .about("sectors")
              .mandatory()
              .emptyAs(JSON.arrayNode())
              .kept((sectors, row) -> row.link(SECTORS, Json.texts(sectors))),
          Field.column("naf", Who.TEAM, "", Readings::naf)
              .with(Set.of("code", "nomenclature"))
              .kept(
                  (naf, row) -> {
                    row.set("naf", naf.get("code"));
                    row.set("naf_nomenclature", naf.get("nomenclature"));
                  }),
          Field.column("foundedYear", Who.OWNER, "founded_year", Readings.integer(1600, 2100)),
          Field.column("headcount", Who.OWNER, "headcount", Readings.integer(0, 10_000_000)),
          Field.column(
                  "sizeClass",
                  Who.TEAM,
                  "size_class",
                  Readings.code((text, codes) -> codes.known().sizeClass(text)))
              .emptyAs(JSON.textNode("NN")),
          Field.column("hiring", Who.OWNER, "hiring", Readings.flag())
              .emptyAs(JSON.booleanNode(false)),
          Field.column(
                  "exportMarkets",
                  Who.OWNER,
                  "export_markets",
                  Readings.codes(MOST_COUNTRIES, (text, codes) -> Values.country(text)))
              .emptyAs(JSON.arrayNode()),
          Field.column("logo", Who.OWNER, "logo", Readings.text(Texts::url)),
          Field.column("social", Who.OWNER, "social", Readings.social()).emptyAs(JSON.objectNode()),
          Field.column("publication", Who.TEAM, "publication", Readings.one(PUBLICATIONS))
              .emptyAs(JSON.textNode("draft"))
              .keptWithout(),
          Field.shown("memberships").emptyAs(JSON.arrayNode()));

  private CompanyFields() {}

  /** The members, from the document of the change log. */
  static ObjectNode edit(Stored company) {
    JsonNode document = company.document();
    ObjectNode edit = JsonBody.emptyObject();
    for (Field field : ALL) {
      JsonNode value = document.path(field.name());
      edit.set(field.name(), value.isMissingNode() || value.isNull() ? field.empty() : value);
    }
    edit.put("id", company.id());
    if (document.path("latitude").isNumber()) {
      edit.putObject("location")
          .put("lat", document.path("latitude").doubleValue())
          .put("lon", document.path("longitude").doubleValue());
    }
    if (document.path("naf").isTextual()) {
      edit.putObject("naf")
          .put("code", document.path("naf").textValue())
          .put("nomenclature", document.path("nafNomenclature").textValue());
    }
    return edit;
  }

  private static String siren(String text) throws BadValueException {
    String siren = Values.siren(text);
    if (!Identifiers.isSiren(text)) {
      throw exactly("invalid_siren", siren);
    }
    return siren;
  }

  private static String siret(String text) throws BadValueException {
    String siret = Values.siret(text);
    if (!Identifiers.isSiret(text)) {
      throw exactly("invalid_siret", siret);
    }
    return siret;
  }

  /** A file's row is mended; a program that sends a request can write the code itself. */
  private static BadValueException exactly(String code, String value) {
    return new BadValueException(code, "Écrivez « " + value + " ».", "Write \"" + value + "\".");
  }

  private static String commune(String text, Codes codes) throws BadValueException {
    return codes.known().commune(text);
  }

  static String sector(String text, Codes codes) throws BadValueException {
    String slug = codes.known().sector(text.length() <= 60 ? text : text.substring(0, 60));
    if (!slug.equals(text)) {
      throw exactly("unknown_sector", slug);
    }
    return slug;
  }
}
