package fr.digital113.directory.partners;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.ApiKey;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The keys of partners in the database, which never holds a key itself. */
@Singleton
class PartnerKeys {
  private static final String SELECT =
      """
      select k.id, k.label, k.prefix, k.roles, k.origins, k.created_at, k.expires_at, k.revoked_at, u.last,
        case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as status
      from api_key k left join api_key_use u on u.key = k.id
      where k.partner = :partner
      """;

  private final Jdbi jdbi;
  private final Partners partners;

  PartnerKeys(Jdbi jdbi, Partners partners) {
    this.jdbi = jdbi;
    this.partners = partners;
  }

  List<KeyView> list(UUID partner, int limit) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(SELECT + "order by k.created_at desc, k.id desc limit :limit")
                .bind("partner", partner)
                .bind("limit", limit)
                .map((row, context) -> view(row))
                .list());
  }

  long count(UUID partner) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select count(*) from api_key where partner = :partner")
                .bind("partner", partner)
                .mapTo(Long.class)
                .one());
  }

  Optional<KeyView> find(UUID partner, UUID key) {
    return jdbi.withHandle(database -> find(database, partner, key));
  }

  /** Makes a key; its text is in this answer alone, and in no repetition of it. */
  Written<KeyView> create(
      Caller caller, Idempotency idempotency, UUID partner, KeyRequest request) {
    return partners.run(
        caller,
        database -> once(database, idempotency, partner, () -> insert(database, partner, request)));
  }

  /**
   * Makes a key in place of another, which goes on for a while so that nobody is cut off.
   *
   * @param overlapHours how long the other one is still good
   * @throws ProblemException 409 when the other one is good no more, or was replaced before
   */
  Written<KeyView> rotate(
      Caller caller,
      Idempotency idempotency,
      UUID partner,
      UUID old,
      KeyRequest request,
      int overlapHours) {
    return partners.run(
        caller,
        database ->
            once(
                database,
                idempotency,
                partner,
                () -> {
                  end(database, old, overlapHours);
                  return insert(database, partner, request);
                }));
  }

  private static KeyView once(
      Handle database, Idempotency idempotency, UUID partner, Supplier<KeyView> making) {
    AtomicReference<@Nullable KeyView> made = new AtomicReference<>();
    String id =
        idempotency.once(
            database,
            () -> {
              KeyView key = making.get();
              made.set(key);
              return key.id().toString();
            });
    KeyView now = made.get();
    return now != null
        ? now
        : find(database, partner, UUID.fromString(id)).orElseThrow(Partners::notFound);
  }

  private static void end(Handle database, UUID old, int overlapHours) {
    int replaced =
        database
            .createUpdate(
                """
                update api_key set rotated_at = now(),
                  expires_at = least(expires_at, now() + make_interval(hours => :hours))
                where id = :old and revoked_at is null and rotated_at is null
                  and (expires_at is null or expires_at > now())
                """)
            .bind("old", old)
            .bind("hours", overlapHours)
            .execute();
    if (replaced == 0) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "Cette clé n'est plus valable ou a déjà été remplacée ; créez-en une autre.",
              "This key is no longer valid or was replaced already; make another one."));
    }
  }

  /** The key opens nothing from now on; that it was there stays known. */
  Written<UUID> revoke(Caller caller, UUID key) {
    return partners.run(
        caller,
        database -> {
          database.execute(
              "update api_key set revoked_at = now() where id = ? and revoked_at is null", key);
          return key;
        });
  }

  private static KeyView insert(Handle database, UUID partner, KeyRequest request) {
    ApiKey key = ApiKey.of(request.foremost());
    UUID id = UuidCreator.getTimeOrderedEpoch();
    database
        .createUpdate(
            """
            insert into api_key (id, partner, label, roles, prefix, origins, key_hash, expires_at)
            values (:id, :partner, :label, :roles, :prefix, :origins, :hash, :expiresAt)
            """)
        .bind("id", id)
        .bind("partner", partner)
        .bind("label", request.label())
        .bindArray("roles", String.class, request.roles().toArray())
        .bind("prefix", key.prefix())
        .bindArray("origins", String.class, request.origins().toArray())
        .bind("hash", key.hash())
        .bind("expiresAt", request.expiresAt())
        .execute();
    return find(database, partner, id).orElseThrow().with(key.text());
  }

  private static Optional<KeyView> find(Handle database, UUID partner, UUID key) {
    return database
        .createQuery(SELECT + "and k.id = :key")
        .bind("partner", partner)
        .bind("key", key)
        .map((row, context) -> view(row))
        .findOne();
  }

  private static KeyView view(ResultSet row) throws SQLException {
    return new KeyView(
        row.getObject("id", UUID.class),
        row.getString("label"),
        row.getString("prefix"),
        List.of((String[]) row.getArray("roles").getArray()),
        List.of((String[]) row.getArray("origins").getArray()),
        row.getString("status"),
        row.getObject("created_at", OffsetDateTime.class),
        row.getObject("expires_at", OffsetDateTime.class),
        row.getObject("revoked_at", OffsetDateTime.class),
        row.getObject("last", LocalDate.class),
        null);
  }
}
