package fr.digital113.directory.changes;

/** Which side of the change log: what everybody may see, or all of it. */
public enum Visibility {
  /** What is published, without what is confidential. */
  PUBLIC("public_change", "revision", "public_document"),

  /** Drafts, archived items and confidential values as well: for the team, and for one's own. */
  PRIVATE("audit_image", "revision + 0", "document");

  private final String log;
  private final String order;
  private final String column;

  Visibility(String log, String order, String column) {
    this.log = log;
    this.order = order;
    this.column = column;
  }

  /** The table that holds the entries of this side. */
  String log() {
    return log;
  }

  /** Its revision, as its index has it; see V14. */
  String order() {
    return order;
  }

  /** The column of the document views that holds what this side shows. */
  String column() {
    return column;
  }
}
