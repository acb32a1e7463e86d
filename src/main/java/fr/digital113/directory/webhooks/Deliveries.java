package fr.digital113.directory.webhooks;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The log of attempts: the newest of each webhook. */
@Singleton
class Deliveries {
  /** How many of one webhook are kept. */
  static final int MOST = 1_000;

  private final Jdbi jdbi;

  Deliveries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * One attempt as JSON.
   *
   * @param event its id
   * @param duration milliseconds
   */
  record Delivery(
      long id,
      String event,
      String type,
      @Nullable Long revision,
      int attempt,
      OffsetDateTime at,
      @Nullable Integer status,
      int duration,
      @Nullable String error,
      @Nullable OffsetDateTime nextAttemptAt) {}

  /** Notes an attempt, if the webhook is there still. */
  Delivery add(
      UUID webhook, Event event, int attempt, Instant at, Outcome outcome, @Nullable Instant next) {
    return jdbi.inTransaction(
        database -> {
          Delivery added =
              database
                  .createQuery(
                      """
                      with added as (
                        insert into webhook_delivery (webhook, event, type, revision, attempt, at, status, duration, error, next_at)
                        select id, :event, :type, :revision, :attempt, :at, :status, :duration, :error, :next
                        from webhook where id = :webhook for key share
                        returning id
                      )
                      select coalesce((select id from added), 0) as id, :event as event, :type as type,
                        :revision::bigint as revision, :attempt::integer as attempt, :at::timestamptz as at,
                        :status::integer as status, :duration::integer as duration, :error::text as error,
                        :next::timestamptz as next_at
                      """)
                  .bind("webhook", webhook)
                  .bind("event", event.id())
                  .bind("type", event.type())
                  .bind("revision", event.revision())
                  .bind("attempt", attempt)
                  .bind("at", Timestamp.from(at))
                  .bind("status", outcome.status())
                  .bind("duration", (int) outcome.duration().toMillis())
                  .bind("error", outcome.error())
                  .bind("next", next == null ? null : Timestamp.from(next))
                  .map((row, context) -> delivery(row))
                  .one();
          database.execute(
              "delete from webhook_delivery where webhook = ? and id <= (select id from webhook_delivery where webhook = ? order by id desc offset ? limit 1)",
              webhook,
              webhook,
              MOST);
          return added;
        });
  }

  /** The newest first, one more than asked for when there are more. */
  List<Delivery> list(UUID webhook, @Nullable Long before, int limit) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    """
                    select * from webhook_delivery
                    where webhook = :webhook and (:before::bigint is null or id < :before)
                    order by id desc limit :limit
                    """)
                .bind("webhook", webhook)
                .bind("before", before)
                .bind("limit", limit + 1)
                .map((row, context) -> delivery(row))
                .list());
  }

  long count(UUID webhook) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select count(*) from webhook_delivery where webhook = :webhook")
                .bind("webhook", webhook)
                .mapTo(Long.class)
                .one());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("id"),
        row.getString("event"),
        row.getString("type"),
        row.getObject("revision", Long.class),
        row.getInt("attempt"),
        row.getObject("at", OffsetDateTime.class),
        row.getObject("status", Integer.class),
        row.getInt("duration"),
        row.getString("error"),
        row.getObject("next_at", OffsetDateTime.class));
  }
}
