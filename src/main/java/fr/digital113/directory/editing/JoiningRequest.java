package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member that would like to take part in a Factory, which its leads or the team decide. As it is
 * shown: who somebody was is told to the team alone.
 *
 * @param message why; null when it does not say
 * @param status open, accepted, declined or withdrawn
 * @param actor who asked; null for whoever may not know
 * @param reason why it was declined; null when that is not said
 */
record JoiningRequest(
    UUID id,
    Ref factory,
    Ref company,
    @Nullable String message,
    String status,
    @Nullable String actor,
    Instant createdAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String reason) {
  static final List<String> STATUSES = List.of(Decisions.OPEN, "accepted", "declined", "withdrawn");

  /** The columns that {@link #of} reads, and where they come from. */
  static final String SELECT =
      """
      select p.id, p.factory, f.slug as factory_slug, f.name as factory_name, p.company, c.slug, c.name,
        p.message, p.status, p.actor, p.created_at, p.decided_by, p.decided_at, p.reason
      from participation_request p join factory f on f.id = p.factory join company c on c.id = p.company
      """;

  /** A Factory or company. */
  record Ref(UUID id, String slug, String name) {}

  static JoiningRequest of(ResultSet row) throws SQLException {
    Timestamp decided = row.getTimestamp("decided_at");
    return new JoiningRequest(
        row.getObject("id", UUID.class),
        new Ref(
            row.getObject("factory", UUID.class),
            row.getString("factory_slug"),
            row.getString("factory_name")),
        new Ref(row.getObject("company", UUID.class), row.getString("slug"), row.getString("name")),
        row.getString("message"),
        row.getString("status"),
        row.getString("actor"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("decided_by"),
        decided == null ? null : decided.toInstant(),
        row.getString("reason"));
  }

  boolean isOpen() {
    return status.equals(Decisions.OPEN);
  }

  String path() {
    return "/v1/factories/%s/requests/%s".formatted(factory.slug(), id);
  }

  JoiningRequest shownTo(Caller caller) {
    return caller.is(Role.TEAM)
        ? this
        : new JoiningRequest(
            id, factory, company, message, status, null, createdAt, null, decidedAt, reason);
  }
}
