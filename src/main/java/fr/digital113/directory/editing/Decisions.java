package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.JsonBody;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for and somebody else decides: proposals of members, and their requests to
 * join a Factory. Both are rows of a table of their own, with {@code status}, {@code decided_by},
 * {@code decided_at} and {@code reason}.
 */
final class Decisions {
  static final String OPEN = "open";

  /** Cursors of their lists are ids. */
  static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final int LONGEST_REASON = 2_000;

  private Decisions() {}

  /** A page, and how many there are in all. */
  record Found<T>(long total, List<T> items) {}

  /** Reads a row. */
  @FunctionalInterface
  interface Reader<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * A page, the newest first.
   *
   * @param table called {@code p} in the other texts
   * @param select the query without its condition
   * @param where which of them, with the names of {@code values}
   * @param before only those that are older than this one
   */
  static <T> Found<T> newest(
      Handle database,
      String table,
      String select,
      String where,
      Map<String, @Nullable String> values,
      @Nullable String before,
      int limit,
      Reader<T> reader) {
    long total =
        bound(database.createQuery("select count(*) from " + table + " p where " + where), values)
            .mapTo(Long.class)
            .one();
    List<T> items =
        bound(
                database.createQuery(
                    select
                        + " where "
                        + where
                        + " and (:before::uuid is null or p.id < :before::uuid)"
                        + " order by p.id desc limit :limit"),
                values)
            .bind("before", before)
            .bind("limit", limit)
            .map((row, context) -> reader.of(row))
            .list();
    return new Found<>(total, items);
  }

  private static Query bound(Query query, Map<String, @Nullable String> values) {
    values.forEach(query::bind);
    return query;
  }

  static void close(
      Handle database,
      String table,
      UUID id,
      String status,
      Caller caller,
      @Nullable String reason) {
    database.execute(
        "update "
            + table
            + " set status = ?, decided_by = ?, decided_at = now(), reason = ? where id = ?",
        status,
        caller.actor(),
        reason,
        id);
  }

  /** Why something is refused; null when it is not said, or wrong, which the body notes. */
  static @Nullable String reason(JsonBody body) {
    return Parser.parsed(body, "reason", body.text("reason"), Texts.paragraphs(LONGEST_REASON));
  }

  /** The id in a path; one that is none is not found. */
  static UUID uuid(String id) {
    if (!ID.matcher(id).matches()) {
      throw Refusals.notFound();
    }
    return UUID.fromString(id);
  }
}
