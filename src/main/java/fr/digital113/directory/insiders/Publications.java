package fr.digital113.directory.insiders;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.QueryParameters;
import java.util.List;
import java.util.Set;

/** The filter {@code publication} of the team's lists; in others it is a parameter like none. */
public final class Publications {
  private static final String PUBLICATION = "publication";
  private static final String PUBLISHED = "published";
  private static final List<String> CODES = List.of("draft", PUBLISHED, "archived");

  private Publications() {}

  /** Lets {@link #filter} find an item. */
  public static void index(JsonNode document, IndexEntry entry) {
    entry.term(PUBLICATION, Json.text(document, PUBLICATION));
  }

  /** Leaves what {@link #asked} says. */
  public static Query filter(Query query, QueryParameters parameters, Snapshot snapshot) {
    return query.anyOf(PUBLICATION, asked(parameters, snapshot));
  }

  /** What insiders ask for, what is published unless they say otherwise; empty for the public. */
  public static Set<String> asked(QueryParameters parameters, Snapshot snapshot) {
    if (!snapshot.isPrivate()) {
      return Set.of(); // all of it is published
    }
    Set<String> asked = parameters.anyOf(PUBLICATION, CODES);
    return asked.isEmpty() ? Set.of(PUBLISHED) : asked;
  }
}
