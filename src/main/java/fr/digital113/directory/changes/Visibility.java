package fr.digital113.directory.changes;

/** Which side of the change log: what everybody may see, or all of it. */
public enum Visibility {
  /** What is published, without what is confidential. */
  PUBLIC("public_change", "public_document"),

  /** Drafts, archived items and confidential values as well: for the team, and for one's own. */
  PRIVATE("audit_image", "document");

  private final String log;
  private final String column;

  Visibility(String log, String column) {
    this.log = log;
    this.column = column;
  }

  /** The table that holds the entries of this side. */
  String log() {
    return log;
  }

  /** The column of the document views that holds what this side shows. */
  String column() {
    return column;
  }
}
