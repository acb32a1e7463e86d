package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.MergePatch;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Writes of memberships. They are part of their company: its ETag is theirs. */
@Singleton
class MembershipWrites {
  private static final List<String> ORIGINS =
      List.of("digitalplace", "frenchsouth-digital", "digital113");

  /** Before, members joined one of the clusters that became this one. */
  private static final LocalDate LAUNCH = LocalDate.of(2019, 2, 5);

  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2100, 12, 31);

  private final Writes writes;
  private final Jdbi jdbi;
  private final CompanyEditing companies;
  private final Exchange exchange;
  private final CurrentCaller current;

  MembershipWrites(
      Writes writes,
      Jdbi jdbi,
      CompanyEditing companies,
      Exchange exchange,
      CurrentCaller current) {
    this.writes = writes;
    this.jdbi = jdbi;
    this.companies = companies;
    this.exchange = exchange;
    this.current = current;
  }

  private record Dates(LocalDate joinedOn, @Nullable LocalDate leftOn, String origin) {}

  record MembershipList(JsonNode data) {}

  Response list(String ref) {
    Stored company = visible(ref);
    return exchange.edited(
        Response.ok(),
        company.version(),
        new MembershipList(company.document().path("memberships")));
  }

  Response get(String ref, String joinedOn) {
    Stored company = visible(ref);
    return exchange.edited(Response.ok(), company.version(), membership(company, joinedOn));
  }

  Response join(String ref, InputStream body) {
    Caller caller = current.get();
    JsonRequest request = JsonRequest.read(exchange, body);
    Idempotency idempotency = Idempotency.of(exchange, caller, request);
    Written<String> written =
        writes.run(
            caller,
            database ->
                idempotency.once(
                    database,
                    () -> {
                      Stored company = ItemWrites.locked(database, companies, ref);
                      if (exchange.header("If-Match") != null) {
                        IfMatch.required(exchange.header("If-Match")).check(company.version());
                      }
                      Dates dates = dates(JsonBody.of(request.json()), null);
                      database.execute(
                          "insert into membership (company, joined_on, left_on, origin) values (?::uuid, ?, ?, ?)",
                          company.id(),
                          dates.joinedOn(),
                          dates.leftOn(),
                          dates.origin());
                      keep(database, company.id());
                      return company.id() + "/" + dates.joinedOn();
                    }));
    String[] made = written.result().split("/", 2);
    return answer(
        made[0],
        made[1],
        written.revision(),
        Response.created(
            URI.create("%s/%s/memberships/%s".formatted(companies.path(), made[0], made[1]))));
  }

  Response change(String ref, String joinedOn, InputStream body) {
    Caller caller = current.get();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    JsonRequest request = JsonRequest.readPatch(exchange, body);
    Written<String> written =
        writes.run(
            caller,
            database -> {
              Stored company = ItemWrites.locked(database, companies, ref);
              ObjectNode membership = membership(company, joinedOn);
              match.check(company.version());
              JsonBody patch = JsonBody.of(request.json());
              List.of("joinedOn", "leftOn", "origin").forEach(patch::has);
              patch.check();
              JsonNode merged = MergePatch.apply(membership, request.json());
              Dates dates = dates(JsonBody.of(merged), LocalDate.parse(joinedOn));
              int changed =
                  database.execute(
                      """
                      update membership set left_on = ?, origin = ?
                      where company = ?::uuid and joined_on = ? and (left_on, origin) is distinct from (?, ?)
                      """,
                      dates.leftOn(),
                      dates.origin(),
                      company.id(),
                      dates.joinedOn(),
                      dates.leftOn(),
                      dates.origin());
              if (changed > 0) {
                keep(database, company.id());
              }
              return company.id();
            });
    return answer(written.result(), joinedOn, written.revision(), Response.ok());
  }

  Response cancel(String ref, String joinedOn) {
    Caller caller = current.get();
    IfMatch match = IfMatch.required(exchange.header("If-Match"));
    Written<String> written =
        writes.run(
            caller,
            database -> {
              Stored company = ItemWrites.locked(database, companies, ref);
              membership(company, joinedOn);
              match.check(company.version());
              int deleted =
                  database.execute(
                      "delete from membership where company = ?::uuid and joined_on = ? and joined_on > directory_today()",
                      company.id(),
                      LocalDate.parse(joinedOn));
              if (deleted == 0) {
                throw new ProblemException(
                    ProblemType.CONFLICT,
                    new Text(
                        "L'adhésion a commencé : c'est de l'histoire, qui reste. Terminez-la par leftOn.",
                        "The membership has begun: it is history, which stays. End it by leftOn."));
              }
              return company.id();
            });
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }

  /** What the register alone knew is kept by the cluster from now on. */
  private static void keep(Handle database, String company) {
    database.execute(
        "update company set source = 'cluster' where id = ?::uuid and source <> 'cluster'",
        company);
  }

  /**
   * Reads and checks the members.
   *
   * @param named the day that the path names; null for a new membership
   */
  private static Dates dates(JsonBody body, @Nullable LocalDate named) {
    body.required("joinedOn");
    LocalDate joined = within(body, "joinedOn", body.date("joinedOn"));
    LocalDate left = within(body, "leftOn", body.date("leftOn"));
    String origin = body.one("origin", ORIGINS);
    if (joined != null && named != null && !joined.equals(named)) {
      body.error(
          "joinedOn",
          "read_only",
          new Text(
              "Le jour d'entrée nomme l'adhésion ; il ne change pas.",
              "The first day names the membership; it does not change."));
    }
    if (joined != null && left != null && !left.isAfter(joined)) {
      body.error(
          "leftOn",
          "left_before_joined",
          new Text("Le départ doit suivre l'adhésion.", "The end must follow the start."));
    }
    if (joined != null && origin == null && !body.has("origin") && joined.isBefore(LAUNCH)) {
      body.error(
          "origin",
          "required",
          new Text(
              "L'origine d'une adhésion d'avant le 5 février 2019 doit être dite.",
              "The origin of a membership from before 5 February 2019 must be given."));
    }
    body.check();
    return new Dates(
        Optional.ofNullable(joined).orElseThrow(), left, origin == null ? "digital113" : origin);
  }

  private static @Nullable LocalDate within(JsonBody body, String name, @Nullable LocalDate day) {
    if (day != null && (day.isBefore(EARLIEST) || day.isAfter(LATEST))) {
      body.error(
          name, "out_of_range", new Text("De %s à %s.", "From %s to %s.").with(EARLIEST, LATEST));
    }
    return day;
  }

  private static ObjectNode membership(Stored company, String joinedOn) {
    for (JsonNode each : company.document().path("memberships")) {
      if (each.path("joinedOn").asText().equals(joinedOn)) {
        return (ObjectNode) each;
      }
    }
    throw Refusals.notFound();
  }

  private Stored visible(String ref) {
    return jdbi.withHandle(
        database -> {
          Stored company =
              companies
                  .find(database, ref)
                  .flatMap(id -> Stored.find(database, companies.type(), companies.view(), id))
                  .orElseThrow(Refusals::notFound);
          if (current.grant() != Grant.TEAM && !companies.isOwn(database, current.get(), company)) {
            throw Refusals.notFound();
          }
          return company;
        });
  }

  private Response answer(String id, String joinedOn, long revision, ResponseBuilder response) {
    Stored company =
        jdbi.withHandle(
            database ->
                Stored.find(database, companies.type(), companies.view(), id)
                    .orElseThrow(Refusals::notFound));
    return exchange.edited(
        response.header(Writes.REVISION, revision),
        company.version(),
        membership(company, joinedOn));
  }
}
