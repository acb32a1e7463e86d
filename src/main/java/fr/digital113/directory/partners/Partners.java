package fr.digital113.directory.partners;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.ApiKeys;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
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
  private static final String DUPLICATE = "23505";

  private final Jdbi jdbi;
  private final ApiKeys keys;

  Partners(Jdbi jdbi, ApiKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

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

  Optional<PartnerView> find(UUID id) {
    return jdbi.withHandle(database -> find(database, id));
  }

  UUID create(String name, String plan, @Nullable String contact, String actor) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    write(
        actor,
        database ->
            database
                .createUpdate(
                    "insert into partner (id, name, plan, contact) values (:id, :name, :plan, :contact)")
                .bind("id", id)
                .bind("name", name)
                .bind("plan", plan)
                .bind("contact", contact)
                .execute());
    return id;
  }

  void update(PartnerView partner, String actor) {
    write(
        actor,
        database ->
            database
                .createUpdate(
                    "update partner set name = :name, plan = :plan, contact = :contact where id = :id")
                .bind("id", partner.id())
                .bind("name", partner.name())
                .bind("plan", partner.plan())
                .bind("contact", partner.contact())
                .execute());
  }

  /** Its keys open nothing from now on. */
  boolean delete(UUID id, String actor) {
    return write(
            actor,
            database ->
                database
                    .createUpdate("delete from partner where id = :id")
                    .bind("id", id)
                    .execute())
        > 0;
  }

  private interface Write {
    int in(Handle database);
  }

  private int write(String actor, Write write) {
    try {
      int rows =
          jdbi.inTransaction(
              database -> {
                database.execute("select act_as(?)", actor);
                return write.in(database);
              });
      keys.readAgain();
      return rows;
    } catch (UnableToExecuteStatementException failure) {
      if (failure.getCause() instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState())) {
        throw new ProblemException(
            ProblemType.CONFLICT,
            new Text("Un partenaire porte déjà ce nom.", "A partner has this name already."));
      }
      throw failure;
    }
  }

  private static Optional<PartnerView> find(Handle database, UUID id) {
    return database
        .createQuery(SELECT + "where p.id = :id")
        .bind("id", id)
        .map((row, context) -> view(row))
        .findOne();
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
