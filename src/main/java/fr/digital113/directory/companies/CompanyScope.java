package fr.digital113.directory.companies;

import java.util.Set;

/** What a path narrows a list of companies to, before its filters. */
public record CompanyScope(String field, Set<String> values) {

  /** All companies. */
  public static CompanyScope all() {
    return new CompanyScope("", Set.of());
  }

  /** The companies in a territory of any level, by its code. */
  public static CompanyScope inTerritory(String code) {
    return new CompanyScope(CompanyFields.TERRITORY, Set.of(code));
  }

  /** The companies that take part in a Factory, its leads included, by its id. */
  public static CompanyScope inFactory(String id) {
    return new CompanyScope(CompanyFields.FACTORY, Set.of(id));
  }
}
