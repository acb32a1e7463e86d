package fr.digital113.directory.companies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Credits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A company as a schema.org Organization. Its coordinates are those of its location, because {@code
 * geo} is a property of a Place. Employees are the bounds of the public size class.
 */
final class CompanySchemaOrg {
  private static final String TYPE = "@type";
  private static final String NAME = "name";
  private static final String ORGANIZATION = "Organization";

  /** The bounds of Insee's size classes; an open upper end is null, an unknown size has none. */
  private static final Map<String, Bounds> EMPLOYEES =
      Map.ofEntries(
          Map.entry("00", new Bounds(0, 0)),
          Map.entry("01", new Bounds(1, 2)),
          Map.entry("02", new Bounds(3, 5)),
          Map.entry("03", new Bounds(6, 9)),
          Map.entry("11", new Bounds(10, 19)),
          Map.entry("12", new Bounds(20, 49)),
          Map.entry("21", new Bounds(50, 99)),
          Map.entry("22", new Bounds(100, 199)),
          Map.entry("31", new Bounds(200, 249)),
          Map.entry("32", new Bounds(250, 499)),
          Map.entry("41", new Bounds(500, 999)),
          Map.entry("42", new Bounds(1000, 1999)),
          Map.entry("51", new Bounds(2000, 4999)),
          Map.entry("52", new Bounds(5000, 9999)),
          Map.entry("53", new Bounds(10_000, null)));

  private record Bounds(int low, @Nullable Integer high) {}

  private CompanySchemaOrg() {}

  static ObjectNode of(JsonNode company) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put(TYPE, ORGANIZATION);
    // Names the company wherever the document is put, as a relative address would not.
    view.put("@id", "urn:uuid:" + company.path("id").asText());
    copy(company, NAME, view, NAME);
    copy(company, "legalName", view, "legalName");
    copy(company, "description", view, "description");
    copy(company, "website", view, "url");
    copy(company, "logo", view, "logo");
    copy(company, "email", view, "email");
    copy(company, "phone", view, "telephone");
    if (company.path("foundedYear").isInt()) {
      view.put("foundingDate", company.path("foundedYear").asText());
    }
    identifiers(company, view);
    view.set("address", address(company));
    view.set("location", location(company));
    employees(company, view);
    if (!company.path("sectors").isEmpty()) {
      company.path("sectors").findValues("label").forEach(view.withArray("knowsAbout")::add);
    }
    if (!company.path("social").isEmpty()) {
      company.path("social").forEach(view.withArray("sameAs")::add);
    }
    if (company.at("/membership/status").asText().equals("member")) {
      view.putObject("memberOf").put(TYPE, ORGANIZATION).put(NAME, Credits.CLUSTER);
    }
    return view;
  }

  private static void identifiers(JsonNode company, ObjectNode view) {
    for (String kind : new String[] {"siren", "siret"}) {
      if (company.path(kind).isTextual()) {
        view.withArray("identifier")
            .addObject()
            .put(TYPE, "PropertyValue")
            .put("propertyID", kind.toUpperCase(java.util.Locale.ROOT))
            .put("value", company.path(kind).asText());
      }
    }
  }

  private static ObjectNode address(JsonNode company) {
    ObjectNode address = JsonNodeFactory.instance.objectNode();
    address.put(TYPE, "PostalAddress");
    copy(company, "address", address, "streetAddress");
    copy(company, "postalCode", address, "postalCode");
    address.set("addressLocality", company.at("/commune/name"));
    for (JsonNode territory : company.path("territories")) {
      if (territory.path("level").asText().equals("region")) {
        address.set("addressRegion", territory.path(NAME));
      }
    }
    return address.put("addressCountry", "FR");
  }

  /** Its own point, or else the commune that it lies in, whose centre is not where it is. */
  private static ObjectNode location(JsonNode company) {
    ObjectNode place = JsonNodeFactory.instance.objectNode();
    if (company.at("/location/precision").asText().equals("address")) {
      place.put(TYPE, "Place");
    } else {
      place.put(TYPE, "AdministrativeArea");
      place.set(NAME, company.at("/commune/name"));
    }
    ObjectNode geo = place.putObject("geo").put(TYPE, "GeoCoordinates");
    geo.set("latitude", company.at("/location/lat"));
    geo.set("longitude", company.at("/location/lon"));
    return place;
  }

  private static void employees(JsonNode company, ObjectNode view) {
    Bounds bounds = EMPLOYEES.get(company.at("/sizeClass/code").asText());
    if (bounds != null) {
      ObjectNode employees = view.putObject("numberOfEmployees");
      employees.put(TYPE, "QuantitativeValue").put("minValue", bounds.low());
      if (bounds.high() != null) {
        employees.put("maxValue", bounds.high());
      }
    }
  }

  private static void copy(JsonNode from, String member, ObjectNode to, String property) {
    if (from.path(member).isTextual()) {
      to.set(property, from.path(member));
    }
  }
}
