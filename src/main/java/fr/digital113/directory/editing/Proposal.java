package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member wants to be changed, and the team decides.
 *
 * @param topic name, sectors or address: of each at most one is open
 * @param before the values that the member saw
 * @param after the values that it wants
 */
record Proposal(
    UUID id,
    Company company,
    String topic,
    JsonNode before,
    JsonNode after,
    String status,
    String actor,
    Instant createdAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {
  static final List<String> STATUSES =
      List.of(Decisions.OPEN, "accepted", "refused", "withdrawn", "replaced");

  /** The columns that {@link #of} reads, and where they come from. */
  static final String SELECT =
      """
      select p.id, p.company, c.slug, c.name, p.topic, p.before::text as before, p.after::text as after,
        p.status, p.actor, p.created_at, p.decided_by, p.decided_at, p.reason
      from proposal p join company c on c.id = p.company
      """;

  /** The company that it is about. */
  record Company(UUID id, String slug, String name) {}

  /** As it is shown: who it was is told to the team alone. */
  record View(
      UUID id,
      Company company,
      String topic,
      List<String> fields,
      JsonNode before,
      JsonNode after,
      String status,
      @Nullable String actor,
      Instant createdAt,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Nullable String reason) {}

  static Proposal of(ResultSet row) throws SQLException {
    Timestamp decided = row.getTimestamp("decided_at");
    return new Proposal(
        row.getObject("id", UUID.class),
        new Company(
            row.getObject("company", UUID.class), row.getString("slug"), row.getString("name")),
        row.getString("topic"),
        Stored.json(row.getString("before")),
        Stored.json(row.getString("after")),
        row.getString("status"),
        row.getString("actor"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("decided_by"),
        decided == null ? null : decided.toInstant(),
        row.getString("reason"));
  }

  String path() {
    return "/v1/proposals/" + id;
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : after.properties()) {
      fields.add(each.getKey());
    }
    return fields;
  }

  boolean isOpen() {
    return status.equals(Decisions.OPEN);
  }

  View shownTo(Caller caller) {
    boolean team = caller.is(Role.TEAM);
    return new View(
        id,
        company,
        topic,
        fields(),
        before,
        after,
        status,
        team ? actor : null,
        createdAt,
        team ? decidedBy : null,
        decidedAt,
        reason);
  }

  /** What an answer says of members that wait. */
  static ArrayNode links(List<Proposal> proposals) {
    ArrayNode links = JsonNodeFactory.instance.arrayNode();
    for (Proposal each : proposals) {
      ObjectNode link = links.addObject();
      link.put("id", each.id().toString()).put("topic", each.topic()).put("href", each.path());
      ArrayNode fields = link.putArray("fields");
      each.fields().forEach(fields::add);
    }
    return links;
  }
}
