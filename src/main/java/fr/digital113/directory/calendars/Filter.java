package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.QueryParameters;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar has: values of one filter are alternatives, different filters must all hold, and
 * an empty one holds for everything.
 *
 * @param factories ids
 * @param sectors slugs
 * @param territories codes
 */
record Filter(Set<String> factories, Set<String> sectors, Set<String> territories) {
  static final Filter NONE = new Filter(Set.of(), Set.of(), Set.of());
  static final String FACTORY = "factory";
  static final String SECTOR = "sector";
  static final String TERRITORY = "territory";
  static final List<String> ALL = List.of(FACTORY, SECTOR, TERRITORY);

  /**
   * Reads the filters that a calendar takes. Mistakes are collected.
   *
   * @param names of those
   */
  static Filter of(QueryParameters parameters, Snapshot snapshot, List<String> names) {
    return new Filter(
        names.contains(FACTORY) ? Items.named(FACTORY, parameters, snapshot) : Set.of(),
        names.contains(SECTOR) ? Items.named(SECTOR, parameters, snapshot) : Set.of(),
        names.contains(TERRITORY)
            ? Items.named(TERRITORY, TERRITORY, "/v1/territories", parameters, snapshot)
            : Set.of());
  }

  Filter ofFactory(String id) {
    return new Filter(Set.of(id), sectors, territories);
  }

  Filter in(String territory) {
    return new Filter(factories, sectors, Set.of(territory));
  }

  /** Whether it leaves what is of no Factory. */
  boolean takesAllGroups() {
    return factories.isEmpty() && sectors.isEmpty();
  }

  /**
   * Whether it leaves what a Factory does.
   *
   * @param document null for one that is not known
   */
  boolean takes(String id, @Nullable JsonNode document) {
    return (factories.isEmpty() || factories.contains(id))
        && (sectors.isEmpty()
            || document != null
                && !Collections.disjoint(sectors, Json.texts(document.path("sectors"))));
  }

  /**
   * Whether it leaves what takes place there.
   *
   * @param place as documents have it
   */
  boolean takesPlace(JsonNode place, Labels labels) {
    return territories.isEmpty()
        || Place.isWithin(Json.text(place, "commune"), territories, labels);
  }
}
