package fr.digital113.directory.territories;

import java.util.List;

/** The fields of a territory in the index. */
final class TerritoryFields {
  static final String TYPE = "territory";
  static final String LEVEL = "level";
  static final String WITHIN = "within";
  static final String NAME = "name";
  static final String POPULATION = "population";

  static final List<String> LEVELS = List.of("region", "departement", "epci", "commune");

  private TerritoryFields() {}
}
