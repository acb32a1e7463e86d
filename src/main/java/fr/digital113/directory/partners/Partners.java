package fr.digital113.directory.partners;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.ApiKeys;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Stored;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Work;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import fr.digital113.directory.web.Version;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Partners in the database. */
@Singleton
class Partners {
  private static final String SELECT =
      """
      select p.id, p.name, p.plan, p.contact, p.created_at,
        (select count(*) from api_key k where k.partner = p.id and k.revoked_at is null
           and (k.expires_at is null or k.expires_at > now())) as keys
      from partner p
      """;

  private final Jdbi jdbi;
  private final Writes writes;
  private final ApiKeys keys;

  Partners(Jdbi jdbi, Writes writes, ApiKeys keys) {
    this.jdbi = jdbi;
    this.writes = writes;
    this.keys = keys;
  }

  /** A partner and its last change. */
  record Found(PartnerView partner, Version version) {}

  List<PartnerView> list(int limit) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(SELECT + "order by lower(p.name) limit :limit")
                .bind("limit", limit)
                .map((row, context) -> view(row))
                .list());
  }

  long count() {
    return jdbi.withHandle(
        database -> database.createQuery("select count(*) from partner").mapTo(Long.class).one());
  }

  /**
   * One partner.
   *
   * @throws ProblemException 404 when there is none
   */
  Found get(UUID id) {
    return jdbi.withHandle(database -> get(database, id));
  }

  Written<UUID> create(
      Caller caller, Idempotency idempotency, String name, String plan, @Nullable String contact) {
    return run(
        caller,
        database ->
            UUID.fromString(
                idempotency.once(database, () -> insert(database, name, plan, contact))));
  }

  private static String insert(
      Handle database, String name, String plan, @Nullable String contact) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    database.execute(
        "insert into partner (id, name, plan, contact) values (?, ?, ?, ?)",
        id,
        name,
        plan,
        contact);
    return id.toString();
  }

  Written<UUID> update(
      Caller caller, UUID id, IfMatch match, UnaryOperator<PartnerView> understanding) {
    return run(
        caller,
        database -> {
          PartnerView after = understanding.apply(locked(database, id, match));
          database.execute(
              "update partner set name = ?, plan = ?, contact = ? where id = ?",
              after.name(),
              after.plan(),
              after.contact(),
              id);
          return id;
        });
  }

  /** Its keys open nothing from now on. */
  Written<UUID> delete(Caller caller, UUID id, IfMatch match) {
    return run(
        caller,
        database -> {
          locked(database, id, match);
          database.execute("delete from partner where id = ?", id);
          return id;
        });
  }

  /** Writes, and lets keys be read again, whose limits and rights may have changed. */
  <T> Written<T> run(Caller caller, Work<T> work) {
    Written<T> written = writes.run(caller, work);
    keys.readAgain();
    return written;
  }

  private static PartnerView locked(Handle database, UUID id, IfMatch match) {
    database.execute("select from partner where id = ? for update", id);
    Found found = get(database, id);
    match.check(found.version());
    return found.partner();
  }

  private static Found get(Handle database, UUID id) {
    PartnerView partner =
        database
            .createQuery(SELECT + "where p.id = :id")
            .bind("id", id)
            .map((row, context) -> view(row))
            .findOne()
            .orElseThrow(Partners::notFound);
    Version version =
        Stored.find(database, "partner", "partner_document", id.toString())
            .orElseThrow(Partners::notFound)
            .version();
    return new Found(partner, version);
  }

  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun partenaire n'a cet identifiant.", "No partner has this id."));
  }

  private static PartnerView view(ResultSet row) throws SQLException {
    return new PartnerView(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("plan"),
        row.getString("contact"),
        row.getLong("keys"),
        row.getObject("created_at", OffsetDateTime.class));
  }
}
