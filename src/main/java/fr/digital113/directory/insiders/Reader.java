package fr.digital113.directory.insiders;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.IndexEntry;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much somebody sees of what the cluster does.
 *
 * @param company the member company that the reader is of; null for the public and the team
 * @param led the ids of the Factories that this company leads today
 */
public record Reader(Kind kind, @Nullable String company, Set<String> led) {

  /** The three circles of readers. */
  public enum Kind {
    /** What is published for everybody. */
    PUBLIC,
    /** What members share, and the drafts of the Factories that they lead. */
    MEMBER,
    /** Everything. */
    TEAM
  }

  static final Reader PUBLIC = new Reader(Kind.PUBLIC, null, Set.of());
  static final Reader TEAM = new Reader(Kind.TEAM, null, Set.of());

  private static final String SEEN_BY = "seenBy";
  private static final String MEMBERS = "members";
  private static final String LEADS_OF = "factory:";

  static Reader member(String company, Set<String> led) {
    return new Reader(Kind.MEMBER, company, led);
  }

  public boolean isPublic() {
    return kind == Kind.PUBLIC;
  }

  public boolean isTeam() {
    return kind == Kind.TEAM;
  }

  /** Notes for {@link #restrict} who sees an item. Each type that insiders read calls it once. */
  public static void index(JsonNode document, IndexEntry entry) {
    if (isPublished(document)) {
      entry.term(SEEN_BY, MEMBERS);
    }
    String factory = Json.text(document, "factory");
    if (factory != null) {
      entry.term(SEEN_BY, LEADS_OF + factory);
    }
  }

  /** Leaves what this reader may see of a query on the snapshot that {@link Readers} opened. */
  public Query restrict(Query query) {
    if (kind != Kind.MEMBER) {
      return query; // the public snapshot has what is public alone
    }
    List<String> seen = new ArrayList<>(List.of(MEMBERS));
    led.forEach(factory -> seen.add(LEADS_OF + factory));
    return query.within(SEEN_BY, seen);
  }

  /** Whether this reader may know of an item, by its document in that snapshot. */
  public boolean sees(JsonNode document) {
    return kind != Kind.MEMBER || isPublished(document) || leads(document);
  }

  /** Whether this reader's company leads the Factory of an item. */
  public boolean leads(JsonNode document) {
    return led.contains(document.path("factory").asText());
  }

  private static boolean isPublished(JsonNode document) {
    return document.path("publication").asText().equals("published");
  }
}
