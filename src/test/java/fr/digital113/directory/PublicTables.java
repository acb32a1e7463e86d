package fr.digital113.directory;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What the public lists must show in French, made from the tables alone: no log, no index, no class
 * of the program.
 */
final class PublicTables {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> LEVELS = List.of("commune", "epci", "departement", "region");

  private final Map<String, ObjectNode> territories;
  private final Map<String, ObjectNode> sectors;
  private final Map<String, ObjectNode> companies;
  private final Map<String, ObjectNode> factories;
  private final Map<String, ObjectNode> initiatives;
  private final Map<String, String> sizeClasses;

  private PublicTables(Handle database) {
    this.territories = documents(database, "territory");
    this.sectors = documents(database, "sector");
    this.companies = documents(database, "company");
    this.factories = documents(database, "factory");
    this.initiatives = documents(database, "initiative");
    this.sizeClasses =
        database
            .createQuery("select code, label_fr from size_class")
            .collectRows(
                Collectors.toMap(
                    row -> row.getColumn("code", String.class),
                    row -> row.getColumn("label_fr", String.class)));
  }

  /** Every item by list and id, with the keys of {@link Visitor#walk()}. */
  static Map<String, JsonNode> shown(Jdbi jdbi) {
    PublicTables tables = jdbi.inTransaction(PublicTables::new);
    Map<String, JsonNode> shown = new TreeMap<>();
    tables.territories.forEach(
        (id, each) -> shown.put("territories/" + id, tables.territory(each)));
    tables.sectors.forEach((id, each) -> shown.put("sectors/" + id, tables.sector(each)));
    tables.factories.forEach((id, each) -> shown.put("factories/" + id, tables.factory(id, each)));
    tables.companies.forEach((id, each) -> shown.put("companies/" + id, tables.company(id, each)));
    shown.replaceAll((key, item) -> parsed(item.toString())); // numbers as a reader gets them
    return shown;
  }

  private ObjectNode territory(ObjectNode document) {
    ObjectNode item = document.deepCopy();
    item.remove(List.of("latitude", "longitude"));
    if (item.path("epciType").isNull()) {
      item.remove("epciType");
    }
    item.set("centre", point(document));
    item.set(
        "within",
        sorted(picked(document.path("within"), territories, "code", "slug", "name", "level")));
    return item;
  }

  private ObjectNode sector(ObjectNode document) {
    ObjectNode item = document.deepCopy();
    item.set("label", document.path("label").path("fr"));
    return item.put(
        "companies", members(each -> contains(each.path("sectors"), document.path("slug"))));
  }

  private ObjectNode factory(String id, ObjectNode document) {
    ObjectNode item = document.deepCopy().put("id", id);
    item.set("mission", localized(document.path("mission")));
    item.set("sectors", labelled(document));
    ArrayNode leads = item.putArray("leads");
    for (JsonNode lead : document.path("leads")) {
      ObjectNode company = companies.get(lead.path("company").asText());
      if (company != null) {
        leads
            .addObject()
            .<ObjectNode>set(
                "company", pick(company, "slug", "name").set("id", lead.path("company")))
            .set("since", lead.path("since"));
      }
    }
    item.remove("formerLeads");
    List<String> led =
        initiatives.values().stream()
            .filter(each -> each.path("factory").asText().equals(id))
            .map(each -> each.path("status").asText())
            .toList();
    item.putObject("initiatives")
        .put("total", led.size())
        .put("done", led.stream().filter("done"::equals).count());
    return item.put(
        "companies", members(each -> each.path("factories").findValuesAsText("id").contains(id)));
  }

  private ObjectNode company(String id, ObjectNode document) {
    ObjectNode item = document.deepCopy().put("id", id);
    item.remove(List.of("latitude", "longitude", "nafNomenclature", "sourceDate"));
    item.set("description", localized(document.path("description")));
    ObjectNode commune = requireNonNull(territories.get(document.path("commune").asText()));
    item.set("commune", pick(commune, "code", "name"));
    boolean placed = document.path("latitude").isNumber();
    item.set(
        "location",
        point(placed ? document : commune).put("precision", placed ? "address" : "commune"));
    ArrayNode within = picked(commune.path("within"), territories, "code", "slug", "name", "level");
    item.set("territories", sorted(within.add(pick(commune, "code", "slug", "name", "level"))));
    item.set("sectors", labelled(document));
    if (!document.path("naf").isNull()) {
      item.putObject("naf")
          .<ObjectNode>set("code", document.path("naf"))
          .set("nomenclature", document.path("nafNomenclature"));
    }
    String sizeClass = document.path("sizeClass").asText();
    item.putObject("sizeClass").put("code", sizeClass).put("label", sizeClasses.get(sizeClass));
    ArrayNode takesPart = JsonNodeFactory.instance.arrayNode();
    for (JsonNode each : document.path("factories")) {
      ObjectNode factory = requireNonNull(factories.get(each.path("id").asText()));
      takesPart.add(pick(factory, "slug", "name").set("role", each.path("role")));
    }
    item.set("factories", sorted(takesPart));
    boolean register = document.path("source").asText().equals("register");
    item.putObject("source")
        .put("name", register ? "Insee, base Sirene" : "Digital113")
        .put("date", document.path(register ? "sourceDate" : "day").asText());
    item.remove("day");
    return item;
  }

  private ArrayNode labelled(ObjectNode document) {
    ArrayNode labelled = JsonNodeFactory.instance.arrayNode();
    for (JsonNode slug : document.path("sectors")) {
      ObjectNode sector = requireNonNull(sectors.get(slug.asText()));
      labelled
          .addObject()
          .<ObjectNode>set("slug", slug)
          .set("label", sector.path("label").path("fr"));
    }
    return labelled;
  }

  private long members(Predicate<JsonNode> condition) {
    return companies.values().stream()
        .filter(each -> each.path("membership").path("status").asText().equals("member"))
        .filter(condition)
        .count();
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    return StreamSupport.stream(array.spliterator(), false).anyMatch(value::equals);
  }

  private static ArrayNode picked(JsonNode ids, Map<String, ObjectNode> from, String... fields) {
    ArrayNode picked = JsonNodeFactory.instance.arrayNode();
    ids.forEach(id -> picked.add(pick(requireNonNull(from.get(id.asText())), fields)));
    return picked;
  }

  private static ObjectNode pick(ObjectNode document, String... fields) {
    ObjectNode picked = JsonNodeFactory.instance.objectNode();
    for (String field : fields) {
      picked.set(field, document.path(field));
    }
    return picked;
  }

  /** The narrowest level first, then by code or slug. */
  private static ArrayNode sorted(ArrayNode items) {
    Comparator<JsonNode> order =
        Comparator.<JsonNode>comparingInt(each -> LEVELS.indexOf(each.path("level").asText()))
            .thenComparing(each -> each.path(each.has("code") ? "code" : "slug").asText());
    return JsonNodeFactory.instance
        .arrayNode()
        .addAll(StreamSupport.stream(items.spliterator(), false).sorted(order).toList());
  }

  private static ObjectNode point(ObjectNode document) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("lat", document.path("latitude").doubleValue())
        .put("lon", document.path("longitude").doubleValue());
  }

  private static @Nullable JsonNode localized(JsonNode text) {
    return text.has("fr") ? text.path("fr") : text.get("en");
  }

  /** The public documents of a view, with the revision and the time of their last change. */
  private static Map<String, ObjectNode> documents(Handle database, String type) {
    Map<String, ObjectNode> documents = new TreeMap<>();
    database
        .createQuery(
            """
            select v.id, v.public_document::text as document, r.revision, r.committed_at,
                   to_char(r.committed_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day
            from <type>_document v join lateral (
              select max(revision) as revision from public_change p where p.type = :type and p.id = v.id) last on true
            left join revision r using (revision)
            where v.public_document is not null
            """)
        .define("type", type)
        .bind("type", type)
        .map(
            (row, context) -> {
              Timestamp changed = requireNonNull(row.getTimestamp("committed_at"), type);
              ObjectNode document = (ObjectNode) parsed(row.getString("document"));
              document.put("updatedAt", changed.toInstant().toString());
              document.put("revision", row.getLong("revision"));
              if (type.equals("company")) {
                document.put("day", row.getString("day"));
              }
              return Map.entry(row.getString("id"), document);
            })
        .forEach(each -> documents.put(each.getKey(), each.getValue()));
    return documents;
  }

  private static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("JSON that is not JSON", impossible);
    }
  }

  /** What two of these maps differ in, a line each. */
  static List<String> differences(Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
    Collection<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
        .map(key -> "%s: tables %s, shown %s".formatted(key, expected.get(key), actual.get(key)))
        .toList();
  }
}
