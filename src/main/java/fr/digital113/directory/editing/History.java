package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import fr.digital113.directory.web.JsonBody;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the change log keeps for the team: who, when, what before, what after. */
final class History {
  private History() {}

  /**
   * One change.
   *
   * @param before null for the first
   * @param after null for a deletion
   * @param changed where both differ (RFC 6901)
   */
  record Entry(
      long revision,
      Instant at,
      String actor,
      JsonNode before,
      JsonNode after,
      List<String> changed) {}

  static long count(Handle database, String type, String id) {
    return database
        .createQuery("select count(*) from audit_image where type = :type and id = :id")
        .bind("type", type)
        .bind("id", id)
        .mapTo(Long.class)
        .one();
  }

  /** Changes before a revision, the newest first. */
  static List<Entry> of(Handle database, String type, String id, @Nullable Long before, int limit) {
    return database
        .createQuery(
            """
            select a.revision, r.committed_at, r.actor, a.document::text as after,
              (select p.document::text from audit_image p
               where p.type = a.type and p.id = a.id and p.revision < a.revision
               order by p.revision desc limit 1) as before
            from audit_image a join revision r on r.revision = a.revision
            where a.type = :type and a.id = :id and (:before::bigint is null or a.revision < :before)
            order by a.revision desc limit :limit
            """)
        .bind("type", type)
        .bind("id", id)
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    JsonNode before = document(row.getString("before"));
    JsonNode after = document(row.getString("after"));
    List<String> changed = new ArrayList<>();
    compare("", before, after, changed);
    return new Entry(
        row.getLong("revision"),
        row.getTimestamp("committed_at").toInstant(),
        row.getString("actor"),
        before,
        after,
        changed);
  }

  private static JsonNode document(@Nullable String text) {
    return text == null ? NullNode.getInstance() : Stored.json(text);
  }

  /** Objects are compared member by member, everything else as a whole. */
  private static void compare(
      String pointer, JsonNode before, JsonNode after, List<String> changed) {
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(
            pointer + "/" + JsonBody.escaped(name), before.path(name), after.path(name), changed);
      }
    } else if (!before.equals(after)) {
      changed.add(pointer);
    }
  }
}
