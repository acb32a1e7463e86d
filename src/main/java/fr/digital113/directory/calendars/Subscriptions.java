package fr.digital113.directory.calendars;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Writes;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The addresses of people's own calendars, in the database. */
@Singleton
class Subscriptions {
  private static final int MOST = 20;
  private static final String SELECT =
      "select id, company, label, created_at, last_used from calendar_subscription ";

  private final Jdbi jdbi;
  private final Writes writes;

  Subscriptions(Jdbi jdbi, Writes writes) {
    this.jdbi = jdbi;
    this.writes = writes;
  }

  /** Those of a company, or all; one more than asked for when there are more. */
  List<SubscriptionView> list(@Nullable UUID company, @Nullable UUID after, int limit) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    SELECT
                        + """
                        where (:company::uuid is null or company = :company::uuid) and (:after::uuid is null or id > :after::uuid)
                        order by id limit :limit
                        """)
                .bind("company", company)
                .bind("after", after)
                .bind("limit", limit + 1)
                .map((row, context) -> view(row))
                .list());
  }

  long count(@Nullable UUID company) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    "select count(*) from calendar_subscription where :company::uuid is null or company = :company::uuid")
                .bind("company", company)
                .mapTo(Long.class)
                .one());
  }

  Optional<SubscriptionView> find(UUID id) {
    return jdbi.withHandle(database -> find(database, id));
  }

  private static Optional<SubscriptionView> find(Handle database, UUID id) {
    return database
        .createQuery(SELECT + "where id = :id")
        .bind("id", id)
        .map((row, context) -> view(row))
        .findOne();
  }

  /** Makes an address; it is in this answer alone, and in no repetition of it. */
  Written<SubscriptionView> create(Caller caller, Idempotency idempotency, String label) {
    return writes.run(
        caller,
        database -> {
          AtomicReference<@Nullable Token> made = new AtomicReference<>();
          String id =
              idempotency.once(database, () -> insert(database, caller, label, made).toString());
          SubscriptionView view =
              find(database, UUID.fromString(id)).orElseThrow(Subscriptions::notFound);
          Token token = made.get();
          return token == null ? view : view.with(token);
        });
  }

  private static UUID insert(
      Handle database, Caller caller, String label, AtomicReference<@Nullable Token> made) {
    UUID company = caller.is(Role.TEAM) ? null : caller.company();
    if (company != null) {
      checkMember(database, company);
    }
    checkCount(database, caller, company);
    UUID id = UuidCreator.getTimeOrderedEpoch();
    Token token = Token.generate();
    database.execute(
        "insert into calendar_subscription (id, token_hash, actor, company, label) values (?, ?, ?, ?, ?)",
        id,
        token.hash(),
        caller.actor(),
        company,
        label);
    made.set(token);
    return id;
  }

  private static void checkMember(Handle database, UUID company) {
    boolean member =
        database
            .createQuery("select is_member(:company, directory_today())")
            .bind("company", company)
            .mapTo(Boolean.class)
            .one();
    if (!member) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          new Text(
              "Seules les entreprises membres ont des calendriers à elles.",
              "Only member companies have calendars of their own."));
    }
  }

  private static void checkCount(Handle database, Caller caller, @Nullable UUID company) {
    String owner = company == null ? caller.actor() : company.toString();
    database.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", "calendar " + owner);
    long there =
        database
            .createQuery(
                """
                select count(*) from calendar_subscription
                where case when :company::uuid is null then company is null and actor = :actor else company = :company::uuid end
                """)
            .bind("company", company)
            .bind("actor", caller.actor())
            .mapTo(Long.class)
            .one();
    if (there >= MOST) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text("Au plus %d calendriers ; supprimez-en un.", "At most %d calendars; remove one.")
              .with(MOST));
    }
  }

  /** The address is of nobody from now on. */
  Written<UUID> delete(Caller caller, UUID id) {
    return writes.run(
        caller,
        database -> {
          database.execute("delete from calendar_subscription where id = ?", id);
          return id;
        });
  }

  private static SubscriptionView view(ResultSet row) throws SQLException {
    return new SubscriptionView(
        row.getObject("id", UUID.class),
        row.getObject("company", UUID.class),
        row.getString("label"),
        row.getObject("created_at", OffsetDateTime.class),
        row.getObject("last_used", LocalDate.class),
        null);
  }

  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Il n'y a pas de tel calendrier.", "There is no such calendar."));
  }
}
