package fr.digital113.directory.territories;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A territory.
 *
 * @param code Insee code; the SIREN of an EPCI
 * @param level region, departement, epci or commune
 * @param epciType METRO, CU, CA or CC; for EPCI only
 * @param population municipal population
 * @param centre WGS84; of wider territories the mean of their communes' centres, weighted by
 *     population
 * @param postalCodes for communes; several communes share a code
 * @param frenchTech whether it holds the French Tech label
 * @param funder whether it funds the cluster
 * @param namedPlace whether the cluster names it as a place that it serves
 * @param formerCodes codes of communes that were merged into this one
 * @param within wider territories that it lies in, wholly or in part
 */
record TerritoryView(
    String code,
    String slug,
    String name,
    String level,
    @JsonInclude(Include.NON_NULL) @Nullable String epciType,
    int population,
    Centre centre,
    List<String> postalCodes,
    boolean frenchTech,
    boolean funder,
    boolean namedPlace,
    List<String> formerCodes,
    List<Container> within,
    Instant updatedAt,
    long revision) {

  private static final List<String> LEVELS = List.of("epci", "departement", "region");

  /** WGS84 degrees. */
  record Centre(double lat, double lon) {}

  /** A wider territory. */
  record Container(String code, String slug, String name, String level) {}

  static TerritoryView of(FeedItem item, JsonNode document, Labels labels) {
    return new TerritoryView(
        document.path("code").asText(),
        document.path("slug").asText(),
        document.path("name").asText(),
        document.path("level").asText(),
        Json.text(document, "epciType"),
        document.path("population").intValue(),
        centre(document),
        Json.texts(document.path("postalCodes")),
        document.path("frenchTech").booleanValue(),
        document.path("funder").booleanValue(),
        document.path("namedPlace").booleanValue(),
        Json.texts(document.path("formerCodes")),
        containers(document, labels),
        item.updatedAt(),
        item.revision());
  }

  static Centre centre(JsonNode document) {
    return new Centre(
        document.path("latitude").doubleValue(), document.path("longitude").doubleValue());
  }

  private static List<Container> containers(JsonNode document, Labels labels) {
    List<Container> containers = new ArrayList<>();
    for (String code : Json.texts(document.path("within"))) {
      JsonNode container = labels.find(TerritoryFields.TYPE, code);
      if (container != null) {
        containers.add(
            new Container(
                code,
                container.path("slug").asText(),
                container.path("name").asText(),
                container.path("level").asText()));
      }
    }
    containers.sort(Comparator.comparingInt(each -> LEVELS.indexOf(each.level())));
    return containers;
  }
}
