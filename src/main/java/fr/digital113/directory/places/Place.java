package fr.digital113.directory.places;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Json;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where something takes place: a name or address as people write it, a commune, or both.
 *
 * @param location null when neither a point nor a commune is known
 */
public record Place(@Nullable String name, @Nullable Commune commune, @Nullable Location location) {
  private static final String TERRITORY = "territory";

  /** A commune by its Insee code. */
  public record Commune(String code, String name) {}

  /**
   * WGS84 degrees.
   *
   * @param precision {@code address}, or {@code commune} for the centre of the commune
   */
  public record Location(double lat, double lon, String precision) {}

  /** The place in a document of the change log; null when there is none. */
  public static @Nullable Place of(JsonNode place, Labels labels) {
    if (!place.isObject()) {
      return null;
    }
    String code = Json.text(place, "commune");
    JsonNode commune = code == null ? null : labels.find(TERRITORY, code);
    return new Place(
        Json.text(place, "name"),
        commune == null ? null : new Commune(String.valueOf(code), commune.path("name").asText()),
        location(place, commune));
  }

  private static @Nullable Location location(JsonNode place, @Nullable JsonNode commune) {
    if (place.path("latitude").isNumber()) {
      return new Location(
          place.path("latitude").doubleValue(), place.path("longitude").doubleValue(), "address");
    }
    return commune == null
        ? null
        : new Location(
            commune.path("latitude").doubleValue(),
            commune.path("longitude").doubleValue(),
            "commune");
  }

  /** One line for people: the name, then the commune. */
  public String line() {
    return Stream.of(name, commune == null ? null : commune.name())
        .filter(each -> each != null && !each.isBlank())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * Whether a commune is one of these territories, or lies in one.
   *
   * @param commune its code; null for one that is not known
   * @param territories codes of any level
   */
  public static boolean isWithin(@Nullable String commune, Set<String> territories, Labels labels) {
    if (commune == null) {
      return false;
    }
    JsonNode document = labels.find(TERRITORY, commune);
    return territories.contains(commune)
        || document != null
            && !Collections.disjoint(territories, Json.texts(document.path("within")));
  }

  /**
   * Lets a filter find an item by the commune of a place in a document, and by every territory that
   * it lies in. The item is indexed again when one of them is renamed.
   *
   * @param field of the filter; an item may have several places
   */
  public static void index(JsonNode place, Labels labels, String field, IndexEntry entry) {
    String code = Json.text(place, "commune");
    JsonNode commune = code == null ? null : labels.find(TERRITORY, code);
    if (code == null || commune == null) {
      return;
    }
    entry.term(field, code);
    entry.uses(TERRITORY, code);
    Json.texts(commune.path("within")).forEach(container -> entry.term(field, container));
  }
}
