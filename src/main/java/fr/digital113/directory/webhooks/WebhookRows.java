package fr.digital113.directory.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of webhooks, and of their secrets. */
final class WebhookRows {
  private static final String SELECT =
      """
      select w.id, w.partner, w.url, w.parameters::text as parameters, w.description, w.reason, w.created_at,
        p.failing_since, p.delivered_at,
        (select former_until from webhook_secret s where s.webhook = w.id and s.former_until > now()) as former_until,
        (select count(*) from (select from public_change c
          where c.revision >= p.place_revision
            and (c.revision > p.place_revision or (c.type, c.id) > (p.place_type, p.place_id))
            and c.type = any (string_to_array(w.parameters ->> 'types', ','))
          limit 1000) waiting) as backlog
      from webhook w join webhook_progress p on p.webhook = w.id
      """;

  private WebhookRows() {}

  static List<WebhookView> list(
      Handle database, @Nullable UUID partner, @Nullable UUID after, int limit) {
    return database
        .createQuery(
            SELECT
                + """
                where (:partner::uuid is null or w.partner = :partner::uuid) and (:after::uuid is null or w.id > :after::uuid)
                order by w.id limit :limit
                """)
        .bindByType("partner", partner, UUID.class)
        .bindByType("after", after, UUID.class)
        .bind("limit", limit)
        .map((row, context) -> view(row))
        .list();
  }

  static long count(Handle database, @Nullable UUID partner) {
    return database
        .createQuery(
            "select count(*) from webhook where :partner::uuid is null or partner = :partner::uuid")
        .bindByType("partner", partner, UUID.class)
        .mapTo(Long.class)
        .one();
  }

  static Optional<WebhookView> find(Handle database, UUID id) {
    return database
        .createQuery(SELECT + "where w.id = :id")
        .bind("id", id)
        .map((row, context) -> view(row))
        .findOne();
  }

  static boolean isThere(Handle database, UUID id) {
    return database
        .createQuery("select exists (select from webhook where id = :id)")
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  static String query(Handle database, UUID id) {
    return database
        .createQuery("select parameters::text from webhook where id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(WebhookFilter::query)
        .orElseThrow(Webhooks::notFound);
  }

  static List<byte[]> secrets(Handle database, UUID id, Instant now) {
    return database
        .createQuery(
            """
            select secret, case when former_until > :now then former end as former
            from webhook_secret where webhook = :id
            """)
        .bind("id", id)
        .bind("now", Timestamp.from(now))
        .map((row, context) -> secrets(row))
        .one();
  }

  /** The secret, and the one before as long as it signs. */
  static List<byte[]> secrets(ResultSet row) throws SQLException {
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(row.getBytes("secret"));
    byte[] former = row.getBytes("former");
    if (former != null) {
      secrets.add(former);
    }
    return secrets;
  }

  /** One before is kept, no more: who rotates twice is rid of the first. */
  static void replaceSecret(Handle database, UUID id, byte[] secret, int overlapHours) {
    database
        .createUpdate(
            """
            update webhook_secret set secret = :secret,
              former = case when :hours > 0 then secret end,
              former_until = case when :hours > 0 then now() + make_interval(hours => :hours) end
            where webhook = :id
            """)
        .bind("secret", secret)
        .bind("hours", overlapHours)
        .bind("id", id)
        .execute();
  }

  private static WebhookView view(ResultSet row) throws SQLException {
    WebhookFilter filter = WebhookFilter.of(WebhookFilter.query(row.getString("parameters")));
    String reason = row.getString("reason");
    return new WebhookView(
        row.getObject("id", UUID.class),
        row.getObject("partner", UUID.class),
        row.getString("url"),
        filter.types(),
        filter.filter(),
        row.getString("description"),
        reason == null ? "enabled" : "disabled",
        reason,
        row.getObject("failing_since", OffsetDateTime.class),
        row.getObject("delivered_at", OffsetDateTime.class),
        row.getLong("backlog"),
        row.getObject("former_until", OffsetDateTime.class),
        row.getObject("created_at", OffsetDateTime.class),
        null);
  }
}
