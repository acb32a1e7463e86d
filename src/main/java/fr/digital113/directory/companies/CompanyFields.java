package fr.digital113.directory.companies;

/** The fields of a company in the index; their names are those of the query parameters. */
final class CompanyFields {
  static final String TYPE = "company";

  static final String SECTOR = "sector";
  static final String TERRITORY = "territory";
  static final String DEPARTEMENT = "departement";
  static final String EPCI = "epci";
  static final String SIZE_CLASS = "sizeClass";
  static final String MEMBERSHIP = "membership";
  static final String FACTORY = "factory";
  static final String ORIGIN = "origin";
  static final String REGION = "region";

  /** The territories that the cluster names as places it serves; counted, not filtered by. */
  static final String NAMED_PLACE = "namedPlace";

  static final String JOINED_YEAR = "joinedYear";
  static final String HIRING = "hiring";
  static final String EXPORT_MARKET = "exportMarket";
  static final String JOINED = "joined";
  static final String NAME = "name";

  /** In the private index only: in the public one all are published. */
  static final String PUBLICATION = "publication";

  private CompanyFields() {}
}
