package fr.digital113.directory.web;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * Whether {@code view=edit} is asked for, which has one shape and one format.
   *
   * @param others what does not go with it either
   */
  static boolean isAsked(QueryParameters parameters, String... others) {
    boolean asked = parameters.one("view", List.of("edit")) != null;
    for (String other :
        Stream.concat(Stream.of("fields", "format"), Arrays.stream(others)).toList()) {
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
