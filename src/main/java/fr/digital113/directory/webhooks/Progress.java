package fr.digital113.directory.webhooks;

import fr.digital113.directory.changes.Place;
import fr.digital113.directory.sync.SyncToken;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Where each webhook stands, for all processes. A run holds a lease, which it renews with each
 * event; what it writes counts only while it has it. A process that dies leaves a lease that ends.
 */
@Singleton
class Progress {
  /** More than one attempt takes, and how far the clocks of processes may differ. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private final Jdbi jdbi;

  Progress(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Takes the webhook that has waited longest for its turn, if one has anything to be told. What is
   * further ahead than anything is put off was written before the clock was set back.
   *
   * @param epoch of this process's index
   * @param revision of this process's index
   * @param busy partners that have their share of the threads already
   */
  Optional<Claim> claim(String epoch, long revision, Collection<UUID> busy, Instant now) {
    UUID lease = UUID.randomUUID();
    return jdbi.inTransaction(
        database ->
            database
                .createQuery(
                    """
                    with next as materialized (
                      select p.webhook from webhook_progress p join webhook w on w.id = p.webhook
                      where w.enabled and (p.next_at <= :now or p.next_at > :latest)
                        and (p.lease is null or p.leased_until <= :now or p.leased_until > :longest)
                        and (p.restart_at is not null or p.epoch <> :epoch or p.base < :revision)
                        and w.partner <> all (:busy)
                      order by p.next_at, p.webhook limit 1 for update of p skip locked
                    ), taken as (
                      update webhook_progress p set lease = :lease, leased_until = :until
                      from next where p.webhook = next.webhook returning p.*
                    )
                    select t.*, w.partner, w.url, w.parameters::text as parameters, s.secret,
                      case when s.former_until > :now then s.former end as former
                    from taken t join webhook w on w.id = t.webhook join webhook_secret s on s.webhook = t.webhook
                    """)
                .bind("epoch", epoch)
                .bind("revision", revision)
                .bindArray("busy", UUID.class, busy)
                .bind("now", Timestamp.from(now))
                .bind("until", Timestamp.from(now.plus(LEASE)))
                .bind("latest", Timestamp.from(now.plus(Retries.LONGEST)))
                .bind("longest", Timestamp.from(now.plus(LEASE).plus(LEASE)))
                .bind("lease", lease)
                .map((row, context) -> claim(row, now))
                .findOne());
  }

  private static Claim claim(ResultSet row, Instant now) throws SQLException {
    return new Claim(
        row.getObject("webhook", UUID.class),
        row.getObject("partner", UUID.class),
        row.getObject("lease", UUID.class),
        row.getString("url"),
        WebhookRows.secrets(row),
        position(row, now),
        instant(row, "restart_at"),
        row.getInt("attempts"),
        instant(row, "failing_since"));
  }

  /** What is kept here does not grow old: the horizon of the log alone ends it. */
  private static SyncToken position(ResultSet row, Instant now) throws SQLException {
    String type = row.getString("place_type");
    long revision = row.getLong("place_revision");
    return new SyncToken(
        row.getString("epoch"),
        now,
        WebhookFilter.query(row.getString("parameters")),
        row.getLong("meaning"),
        row.getLong("base"),
        null,
        type == null
            ? Place.behind(revision)
            : new Place(revision, type, row.getString("place_id")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp moment = row.getTimestamp(column);
    return moment == null ? null : moment.toInstant();
  }

  /** An event was told. False when the lease is lost, and another goes on. */
  boolean told(Claim claim, SyncToken position, Instant now) {
    return move(
        claim,
        position,
        "restart_at = null, attempts = 0, failing_since = null, delivered_at = :now, leased_until = :until",
        now);
  }

  /** Nothing is left to tell up to a place. */
  boolean moved(Claim claim, SyncToken position, Instant now) {
    return move(claim, position, "attempts = 0, failing_since = null, leased_until = :until", now);
  }

  /** The way was lost: it goes on from a new place once that is told. */
  boolean lost(Claim claim, SyncToken position, Instant now) {
    return move(claim, position, "restart_at = :now, leased_until = :until", now);
  }

  private boolean move(Claim claim, SyncToken position, String besides, Instant now) {
    return jdbi.withHandle(
        database ->
            bind(
                        database.createUpdate(
                            """
                                update webhook_progress set epoch = :epoch, meaning = :meaning, base = :base,
                                  place_revision = :revision, place_type = :type, place_id = :id, %s
                                where webhook = :webhook and lease = :lease
                                """
                                .formatted(besides)),
                        position)
                    .bind("now", Timestamp.from(now))
                    .bind("until", Timestamp.from(now.plus(LEASE)))
                    .bind("webhook", claim.webhook())
                    .bind("lease", claim.lease())
                    .execute()
                == 1);
  }

  private static <T extends SqlStatement<T>> T bind(T statement, SyncToken position) {
    return statement
        .bind("epoch", position.epoch())
        .bind("meaning", position.meaning())
        .bind("base", position.base())
        .bind("revision", position.place().revision())
        .bind("type", position.place().type())
        .bind("id", position.place().id());
  }

  /** An attempt has failed; the next one is later. */
  void failed(Claim claim, int attempts, Instant since, Instant next) {
    jdbi.useHandle(
        database ->
            database
                .createUpdate(
                    """
                    update webhook_progress set attempts = :attempts, failing_since = :since, next_at = :next,
                      lease = null, leased_until = null
                    where webhook = :webhook and lease = :lease
                    """)
                .bind("attempts", attempts)
                .bind("since", Timestamp.from(since))
                .bind("next", Timestamp.from(next))
                .bind("webhook", claim.webhook())
                .bind("lease", claim.lease())
                .execute());
  }

  /** The run has ended; the next one is not before a moment. */
  void release(Claim claim, Instant next) {
    jdbi.useHandle(
        database ->
            database.execute(
                "update webhook_progress set next_at = ?, lease = null, leased_until = null where webhook = ? and lease = ?",
                Timestamp.from(next),
                claim.webhook(),
                claim.lease()));
  }

  /** Of a new webhook. */
  static void begin(Handle database, UUID webhook, SyncToken position, Instant now) {
    bind(
            database.createUpdate(
                """
                insert into webhook_progress (webhook, epoch, meaning, base, place_revision, place_type, place_id, next_at)
                values (:webhook, :epoch, :meaning, :base, :revision, :type, :id, :now)
                """),
            position)
        .bind("webhook", webhook)
        .bind("now", Timestamp.from(now))
        .execute();
  }

  /**
   * Goes on elsewhere, because its owner says so. What lies between is told to nobody, so a restart
   * that was not told yet still is.
   *
   * @param restart whether the receiver is to begin a new copy first
   */
  static void place(
      Handle database, UUID webhook, SyncToken position, boolean restart, Instant now) {
    bind(
            database.createUpdate(
                """
                update webhook_progress set epoch = :epoch, meaning = :meaning, base = :base,
                  place_revision = :revision, place_type = :type, place_id = :id,
                  restart_at = case when :restart then :now::timestamptz else restart_at end
                where webhook = :webhook
                """),
            position)
        .bind("webhook", webhook)
        .bind("restart", restart)
        .bind("now", Timestamp.from(now))
        .execute();
  }

  /** Its owner changed it: who tells it now stops, and it is told anew at once. */
  static void again(Handle database, UUID webhook, boolean forgiven, Instant now) {
    database
        .createUpdate(
            """
            update webhook_progress set lease = null, leased_until = null,
              next_at = case when :forgiven then :now::timestamptz else next_at end,
              attempts = case when :forgiven then 0 else attempts end,
              failing_since = case when :forgiven then null else failing_since end
            where webhook = :webhook
            """)
        .bind("webhook", webhook)
        .bind("forgiven", forgiven)
        .bind("now", Timestamp.from(now))
        .execute();
  }

  /** It is told nothing any more; since when it failed is still shown. */
  static void end(Handle database, UUID webhook, int failures, @Nullable Instant since) {
    database
        .createUpdate(
            """
            update webhook_progress set attempts = :failures, failing_since = :since,
              lease = null, leased_until = null where webhook = :webhook
            """)
        .bind("failures", failures)
        .bind("since", since == null ? null : Timestamp.from(since))
        .bind("webhook", webhook)
        .execute();
  }

  /** Whether a run has its lease still, which nobody takes from it in this transaction. */
  static boolean holds(Handle database, Claim claim) {
    return database
        .createQuery(
            "select lease is not distinct from :lease from webhook_progress where webhook = :webhook for update")
        .bind("lease", claim.lease())
        .bind("webhook", claim.webhook())
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }
}
