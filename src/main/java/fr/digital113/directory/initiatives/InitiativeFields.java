package fr.digital113.directory.initiatives;

/** Names of what initiatives are found, counted and sorted by. */
final class InitiativeFields {
  static final String TYPE = "initiative";
  static final String FACTORY = "factory";
  static final String STATUS = "status";
  static final String KIND = "kind";
  static final String SECTOR = "sector";
  static final String PARTNER = "partner";
  static final String PUBLICATION = "publication";
  static final String STARTED = "startedOn";
  static final String ENDED = "endedOn";

  /** Followed by the language: titles differ. */
  static final String TITLE = "title.";

  static final String DONE = "done";

  private InitiativeFields() {}
}
