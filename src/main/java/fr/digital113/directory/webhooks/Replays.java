package fr.digital113.directory.webhooks;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.sync.SyncToken;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Tells again what was told before. */
@Singleton
class Replays {
  private final Jdbi jdbi;
  private final Writes writes;
  private final Sync sync;

  Replays(Jdbi jdbi, Writes writes, Sync sync) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.sync = sync;
  }

  /**
   * Tells again what changed behind a revision. Each thing has the id that it was told with.
   *
   * @throws ProblemException 422 when the log does not reach back to there
   */
  Written<UUID> replay(Caller caller, UUID id, String member, long behind) {
    String query = jdbi.withHandle(database -> WebhookRows.query(database, id));
    SyncToken now = WebhookFilter.of(query).now(sync);
    if (behind > now.base()) {
      throw invalid(
          member,
          "out_of_range",
          new Text("La dernière révision est %d.", "The newest revision is %d.").with(now.base()));
    }
    SyncToken from = now.completeAt(behind, Instant.now());
    requireWay(from, member);
    return writes.run(
        caller,
        database -> {
          Webhooks.lock(database, id);
          if (!WebhookRows.query(database, id).equals(query)) {
            throw new ProblemException(
                ProblemType.CONFLICT,
                new Text(
                    "Le filtre vient de changer ; recommencez.",
                    "The filter has just changed; start over."));
          }
          Progress.place(database, id, from, false, Instant.now());
          Progress.again(database, id, true, Instant.now());
          return id;
        });
  }

  private void requireWay(SyncToken from, String member) {
    try {
      sync.since(from, 1);
    } catch (ProblemException problem) {
      if (problem.type() != ProblemType.SYNC_TOKEN_EXPIRED) {
        throw problem;
      }
      throw invalid(
          member,
          "too_old",
          new Text(
              "Rien ne mène de là à aujourd'hui ; recommencez une copie par /v1/changes.",
              "Nothing leads from there to today; begin a new copy by /v1/changes."));
    }
  }

  private static ProblemException invalid(String member, String code, Text message) {
    return JsonBody.invalid(List.of(FieldError.at("/" + member, code, message)));
  }

  /** The last revision before a moment; 0 when there is none. */
  long lastBefore(Instant moment) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    "select coalesce(max(revision), 0) from revision where committed_at < :moment")
                .bind("moment", Timestamp.from(moment))
                .mapTo(Long.class)
                .one());
  }
}
