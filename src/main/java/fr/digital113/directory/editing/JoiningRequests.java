package fr.digital113.directory.editing;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Requests to join Factories, and who takes part in these, as the database keeps them. */
final class JoiningRequests {
  private static final String TABLE = "participation_request";

  private JoiningRequests() {}

  /** What a company is to a Factory. */
  private record Standing(boolean leads, boolean takesPart, boolean asks, boolean closed) {}

  /**
   * Notes that a company asks to join a Factory.
   *
   * @param factory id; its row is locked
   * @return the id of the request
   * @throws ProblemException 409 for whom has no reason to ask
   */
  static String ask(
      Handle database, Caller caller, String factory, UUID company, @Nullable String message) {
    requireMember(
        database,
        company,
        new Text(
            "Seule une entreprise membre et publiée peut rejoindre une Factory.",
            "Only a published member company can join a Factory."));
    Standing standing = standing(database, factory, company);
    refuse(
        standing.closed(),
        new Text(
            "Cette Factory est fermée : personne ne la rejoint plus.",
            "This Factory is closed: nobody joins it any more."));
    refuse(
        standing.leads(),
        new Text("Votre entreprise pilote cette Factory.", "Your company leads this Factory."));
    refuse(
        standing.takesPart(),
        new Text(
            "Votre entreprise participe déjà à cette Factory.",
            "Your company takes part in this Factory already."));
    refuse(standing.asks(), Refusals.ASKED_ALREADY);
    UUID id = UuidCreator.getTimeOrderedEpoch();
    database.execute(
        "insert into participation_request (id, factory, company, message, actor) values (?, ?::uuid, ?, ?, ?)",
        id,
        factory,
        company,
        message,
        caller.actor());
    return id.toString();
  }

  /**
   * Lets a company take part.
   *
   * @param factory id; its row is locked
   * @throws ProblemException 409 for a request that is decided, or whose company is no member now
   */
  static void accept(Handle database, Caller caller, String factory, UUID id) {
    UUID company = open(database, factory, id).company().id();
    requireMember(
        database,
        company,
        new Text(
            "L'entreprise n'est plus un membre publié : déclinez sa demande.",
            "The company is no published member any more: decline its request."));
    if (!standing(database, factory, company).leads()) {
      database.execute(
          "insert into factory_participant (factory, company) values (?::uuid, ?) on conflict do nothing",
          factory,
          company);
    }
    Decisions.close(database, TABLE, id, "accepted", caller, null);
  }

  /**
   * Ends a request otherwise.
   *
   * @throws ProblemException 409 for one that is decided
   */
  static void close(
      Handle database,
      Caller caller,
      String factory,
      UUID id,
      String status,
      @Nullable String reason) {
    open(database, factory, id);
    Decisions.close(database, TABLE, id, status, caller, reason);
  }

  /**
   * Takes a company out of a Factory.
   *
   * @param factory id; its row is locked
   * @throws ProblemException 409 for a lead, 404 for whom does not take part
   */
  static void leave(Handle database, String factory, UUID company) {
    refuse(
        standing(database, factory, company).leads(),
        new Text(
            "Cette entreprise pilote la Factory : c'est l'équipe qui change les pilotes.",
            "This company leads the Factory: the team changes its leads."));
    int left =
        database.execute(
            "delete from factory_participant where factory = ?::uuid and company = ?",
            factory,
            company);
    if (left == 0) {
      throw Refusals.notFound();
    }
  }

  /** The first statement makes an end of membership at the same time wait, or waits for it. */
  private static void requireMember(Handle database, UUID company, Text otherwise) {
    database.execute("select from company where id = ? for key share", company);
    boolean member =
        database
            .createQuery(
                """
                select exists (select from company
                  where id = :company and publication = 'published' and is_member(id, directory_today()))
                """)
            .bind("company", company)
            .mapTo(Boolean.class)
            .one();
    refuse(!member, otherwise);
  }

  private static Standing standing(Handle database, String factory, UUID company) {
    return database
        .createQuery(
            """
            select
              exists (select from factory_lead l where l.factory = f.id and l.company = :company and l.until is null),
              exists (select from factory_participant p where p.factory = f.id and p.company = :company),
              exists (select from participation_request r
                where r.factory = f.id and r.company = :company and r.status = 'open'),
              f.status = 'closed'
            from factory f where f.id = :factory::uuid
            """)
        .bind("factory", factory)
        .bind("company", company)
        .map(
            (row, context) ->
                new Standing(
                    row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)))
        .one();
  }

  private static void refuse(boolean when, Text why) {
    if (when) {
      throw new ProblemException(ProblemType.CONFLICT, why);
    }
  }

  /**
   * Those of a Factory, the newest first.
   *
   * @param status only these; null for all
   * @param company only of this one; null for all
   * @param before only those that are older than this one
   */
  static Decisions.Found<JoiningRequest> list(
      Handle database,
      String factory,
      @Nullable String status,
      @Nullable UUID company,
      @Nullable String before,
      int limit) {
    Map<String, @Nullable String> values = new HashMap<>();
    values.put("factory", factory);
    values.put("status", status);
    values.put("company", company == null ? null : company.toString());
    return Decisions.newest(
        database,
        TABLE,
        JoiningRequest.SELECT,
        "p.factory = :factory::uuid and (:status::text is null or p.status = :status)"
            + " and (:company::uuid is null or p.company = :company::uuid)",
        values,
        before,
        limit,
        JoiningRequest::of);
  }

  /**
   * A request of a Factory that must be there.
   *
   * @param company of which it must be; null for any
   */
  static JoiningRequest get(Handle database, String factory, UUID id, @Nullable UUID company) {
    return find(database, factory, id, company, "");
  }

  private static JoiningRequest open(Handle database, String factory, UUID id) {
    JoiningRequest request = find(database, factory, id, null, "for update of p");
    refuse(
        !request.isOpen(),
        new Text("Cette demande est déjà close.", "This request is closed already."));
    return request;
  }

  private static JoiningRequest find(
      Handle database, String factory, UUID id, @Nullable UUID company, String lock) {
    return database
        .createQuery(
            JoiningRequest.SELECT
                + " where p.id = :id and p.factory = :factory::uuid"
                + " and (:company::uuid is null or p.company = :company::uuid) "
                + lock)
        .bind("id", id)
        .bind("factory", factory)
        .bind("company", company)
        .map((row, context) -> JoiningRequest.of(row))
        .findOne()
        .orElseThrow(Refusals::notFound);
  }
}
