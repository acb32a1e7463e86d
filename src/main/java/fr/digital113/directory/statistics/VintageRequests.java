package fr.digital113.directory.statistics;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Vintages that the team asks for, and what came of them. */
@Singleton
public class VintageRequests {
  private static final String PREPARING = "preparing";
  private static final String PUBLISHED = "published";

  private final Jdbi jdbi;
  private final Writes writes;
  private final VintageWorker worker;

  VintageRequests(Jdbi jdbi, Writes writes, VintageWorker worker) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.worker = worker;
  }

  /**
   * How a vintage stands, for the team.
   *
   * @param status preparing, published or refused
   * @param report what the auditor found; null while it is prepared
   */
  record Audited(
      String id,
      LocalDate asOf,
      String status,
      OffsetDateTime requestedAt,
      @Nullable OffsetDateTime publishedAt,
      @Nullable String checksum,
      @Nullable String report) {}

  /**
   * What is asked for.
   *
   * @param interim whether to tell no more than what is unchanged
   * @param replaces the published vintage of the same day that it corrects
   */
  record Wanted(LocalDate asOf, boolean interim, @Nullable String replaces) {}

  private record Last(String id, int correction, String status) {}

  /**
   * Asks for a vintage of a day; it is computed beside this.
   *
   * @return its id
   */
  Written<String> request(Caller caller, Idempotency idempotency, Wanted wanted) {
    Written<String> written =
        writes.run(caller, database -> idempotency.once(database, () -> insert(database, wanted)));
    worker.wake();
    return written;
  }

  private static String insert(Handle database, Wanted wanted) {
    LocalDate asOf = wanted.asOf();
    String replaces = wanted.replaces();
    Last last =
        database
            .createQuery(
                "select id, correction, status from vintage where as_of = :asOf "
                    + "order by correction desc limit 1 for update")
            .bind("asOf", asOf)
            .map(
                (row, context) ->
                    new Last(
                        row.getString("id"), row.getInt("correction"), row.getString("status")))
            .findOne()
            .orElse(null);
    String replaced = last != null && last.status().equals(PUBLISHED) ? last.id() : null;
    if (last != null && last.status().equals(PREPARING)) {
      throw conflict(
          "Le millésime %s est déjà en préparation.",
          "Vintage %s is being prepared already.", last.id());
    }
    if (last != null && replaced != null && !replaced.equals(replaces)) {
      throw conflict(
          "Le millésime %1$s est publié et ne change plus ; pour le corriger, donnez \"replaces\": \"%1$s\".",
          "Vintage %1$s is published and does not change; to correct it, give \"replaces\": \"%1$s\".",
          last.id());
    }
    if (replaces != null && replaced == null) {
      throw conflict(
          "%s n'est pas le millésime publié le plus récent de ce jour.",
          "%s is not the newest published vintage of that day.", replaces);
    }
    if (last != null && replaced == null) { // refused: once more, as the data may be another
      database.execute(
          "update vintage set status = ?, interim = ?, report = null, requested_at = clock_timestamp() where id = ?",
          PREPARING,
          wanted.interim(),
          last.id());
      return last.id();
    }
    int correction = last == null ? 0 : last.correction() + 1;
    String id = correction == 0 ? asOf.toString() : asOf + "-" + correction;
    database.execute(
        "insert into vintage (id, as_of, correction, interim) values (?, ?, ?, ?)",
        id,
        asOf,
        correction,
        wanted.interim());
    return id;
  }

  private static ProblemException conflict(String fr, String en, String id) {
    return new ProblemException(ProblemType.CONFLICT, new Text(fr, en).with(id));
  }

  /**
   * Asks for one where there is none yet, in a transaction of somebody who is no caller.
   *
   * @param interim whether to tell no more than what is unchanged
   */
  public void request(Handle database, LocalDate asOf, boolean interim) {
    database.execute(
        "insert into vintage (id, as_of, interim) values (?, ?, ?) on conflict do nothing",
        asOf.toString(),
        asOf,
        interim);
  }

  /**
   * How one stands.
   *
   * @throws ProblemException 404 when nobody asked for it
   */
  Audited get(String id) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    "select id, as_of, status, requested_at, published_at, checksum, report from vintage where id = :id")
                .bind("id", id)
                .map(
                    (row, context) ->
                        new Audited(
                            row.getString("id"),
                            row.getDate("as_of").toLocalDate(),
                            row.getString("status"),
                            Objects.requireNonNull(
                                row.getObject("requested_at", OffsetDateTime.class)),
                            row.getObject("published_at", OffsetDateTime.class),
                            row.getString("checksum"),
                            row.getString("report")))
                .findOne()
                .orElseThrow(
                    () ->
                        new ProblemException(
                            ProblemType.NOT_FOUND,
                            new Text(
                                "Aucun millésime n'a cet identifiant.",
                                "No vintage has this id."))));
  }
}
