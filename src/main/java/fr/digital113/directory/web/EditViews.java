package fr.digital113.directory.web;

import jakarta.ws.rs.core.Response;
import java.util.List;

/** Answers {@code view=edit}: an item as a PUT takes it, from the database. */
public interface EditViews {

  /**
   * One item, drafts and confidential members included.
   *
   * @param type as the change log names it
   * @param ref any name that a path may give it
   * @throws ProblemException for whom may not edit it
   */
  Response respond(String type, String ref);

  /** Whether {@code view=edit} is asked for, which has one shape and one format. */
  static boolean isAsked(QueryParameters parameters) {
    boolean asked = parameters.one("view", List.of("edit")) != null;
    for (String other : List.of("fields", "format")) {
      if (asked && parameters.has(other)) {
        parameters.error(
            other,
            "contradiction",
            new Text("Ne va pas avec view=edit.", "Does not go with view=edit."));
      }
    }
    return asked;
  }
}
