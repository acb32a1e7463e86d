package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.IfMatch;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a company that takes part in a workshop says of the plan of another one: confidential, and
 * its own to give and to take back, from the start of the workshop on.
 */
@Singleton
class Assessments {
  private static final int LONGEST_CONCLUSION = 5_000;
  private static final int LOWEST = 1;
  private static final int HIGHEST = 5;
  private static final String VIABILITY = "viability";
  private static final String DURABILITY = "durability";
  private static final String CONCLUSION = "conclusion";

  private final WorkshopEditing workshops;

  Assessments(WorkshopEditing workshops) {
    this.workshops = workshops;
  }

  /**
   * Whose plan is meant, in which workshop.
   *
   * @param presenter id of a company that presents in it
   */
  private record Plan(Stored workshop, String presenter, String assessor) {}

  /**
   * An assessment that was written.
   *
   * @param created whether there was none before
   */
  record Given(String workshop, String presenter, String assessor, boolean created) {}

  /**
   * Writes what the caller's company says.
   *
   * @throws ProblemException 404 when the caller's company does not take part, or nobody of that
   *     name presents; 412; 409 for a plan of its own, and before the start; 422
   */
  Given give(
      Handle database, Caller caller, String ref, String presenter, IfMatch match, JsonNode body) {
    Plan plan = plan(database, caller, ref, presenter);
    match.check(plan.workshop().version());
    if (plan.presenter().equals(plan.assessor())) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "Une entreprise n'évalue pas son propre plan.",
              "A company does not assess its own plan."));
    }
    checkOpen(database, plan.workshop());
    ObjectNode assessment = read(body);
    boolean created = !exists(database, plan);
    database
        .createUpdate(
            """
            insert into workshop_assessment as a
              (workshop, presenter, assessor, viability, viability_conclusion, durability, durability_conclusion)
            select :workshop::uuid, :presenter::uuid, :assessor::uuid, (w.given ->> 'viability')::integer,
              w.given -> 'conclusion' ->> 'viability', (w.given ->> 'durability')::integer,
              w.given -> 'conclusion' ->> 'durability'
            from (select :given::jsonb as given) w
            on conflict (workshop, presenter, assessor) do update set
              (viability, viability_conclusion, durability, durability_conclusion)
                = (excluded.viability, excluded.viability_conclusion, excluded.durability, excluded.durability_conclusion)
              where (a.viability, a.viability_conclusion, a.durability, a.durability_conclusion) is distinct from
                (excluded.viability, excluded.viability_conclusion, excluded.durability, excluded.durability_conclusion)
            """)
        .bind("workshop", plan.workshop().id())
        .bind("presenter", plan.presenter())
        .bind("assessor", plan.assessor())
        .bind("given", assessment.toString())
        .execute();
    return new Given(plan.workshop().id(), plan.presenter(), plan.assessor(), created);
  }

  /**
   * Takes back what the caller's company said.
   *
   * @throws ProblemException 404 when it said nothing; 412
   */
  void takeBack(Handle database, Caller caller, String ref, String presenter, IfMatch match) {
    Plan plan = plan(database, caller, ref, presenter);
    if (!exists(database, plan)) {
      throw Refusals.notFound();
    }
    match.check(plan.workshop().version());
    database
        .createUpdate(
            """
            delete from workshop_assessment
            where workshop = :workshop::uuid and presenter = :presenter::uuid and assessor = :assessor::uuid
            """)
        .bind("workshop", plan.workshop().id())
        .bind("presenter", plan.presenter())
        .bind("assessor", plan.assessor())
        .execute();
  }

  /**
   * The workshop, locked. What the path names may have moved since the caller was let through, so
   * that it is asked once more whether the company is there.
   */
  private Plan plan(Handle database, Caller caller, String ref, String presenter) {
    Stored workshop = ItemWrites.locked(database, workshops, ref);
    String assessor = String.valueOf(caller.company());
    boolean there =
        workshop.isPublic()
            && Json.texts(workshop.document().path(WorkshopFields.PARTICIPANTS)).contains(assessor)
            && isMember(database, assessor);
    String company = there ? presenter(database, workshop, presenter) : null;
    if (company == null) {
      throw Refusals.notFound();
    }
    return new Plan(workshop, company, assessor);
  }

  private static boolean isMember(Handle database, String company) {
    return database
        .createQuery("select is_member(:company::uuid, directory_today())")
        .bind("company", company)
        .mapTo(Boolean.class)
        .one();
  }

  private static @Nullable String presenter(Handle database, Stored workshop, String ref) {
    Codes.Company company =
        new Codes(database).companies(List.of(ref)).get(ref.toLowerCase(Locale.ROOT));
    return company != null
            && WorkshopPresenters.companies(workshop.document().path(WorkshopFields.PRESENTERS))
                .contains(company.id())
        ? company.id()
        : null;
  }

  private static void checkOpen(Handle database, Stored workshop) {
    if (workshop.document().path("status").asText().equals("cancelled")) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text("Cette table à secousses est annulée.", "This workshop is cancelled."));
    }
    boolean begun =
        database
            .createQuery("select starts_at <= now() from workshop where id = :id::uuid")
            .bind("id", workshop.id())
            .mapTo(Boolean.class)
            .one();
    if (!begun) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          new Text(
              "Les plans s'évaluent à partir du début de la table à secousses.",
              "Plans are assessed from the start of the workshop on."));
    }
  }

  private static boolean exists(Handle database, Plan plan) {
    return database
        .createQuery(
            """
            select exists (select from workshop_assessment
              where workshop = :workshop::uuid and presenter = :presenter::uuid and assessor = :assessor::uuid)
            """)
        .bind("workshop", plan.workshop().id())
        .bind("presenter", plan.presenter())
        .bind("assessor", plan.assessor())
        .mapTo(Boolean.class)
        .one();
  }

  private static ObjectNode read(JsonNode given) {
    JsonBody body = JsonBody.of(given);
    if (!given.isObject()) {
      body.refuseErrors();
    }
    ObjectNode read = JsonBody.emptyObject();
    for (String figure : List.of(VIABILITY, DURABILITY)) {
      body.required(figure);
      read.put(figure, body.integer(figure, LOWEST, HIGHEST));
    }
    body.required(CONCLUSION);
    JsonBody conclusion = body.object(CONCLUSION);
    ObjectNode words = read.putObject(CONCLUSION);
    if (conclusion != null) {
      for (String figure : List.of(VIABILITY, DURABILITY)) {
        conclusion.required(figure);
        words.put(
            figure,
            Parser.parsed(
                conclusion, figure, conclusion.text(figure), Texts.paragraphs(LONGEST_CONCLUSION)));
      }
    }
    body.check();
    return read;
  }

  /** The assessment as it is kept, with the names of companies that are public. */
  static ObjectNode view(Handle database, Stored workshop, Given given) {
    for (JsonNode each : workshop.document().path("assessments")) {
      if (given.presenter().equals(Json.text(each, "presenter"))
          && given.assessor().equals(Json.text(each, "assessor"))) {
        ObjectNode view = JsonBody.emptyObject();
        view.set("presenter", company(database, given.presenter()));
        view.set("assessor", company(database, given.assessor()));
        for (String member : List.of(VIABILITY, DURABILITY, CONCLUSION)) {
          view.set(member, Objects.requireNonNull(each.get(member)));
        }
        return view;
      }
    }
    throw Refusals.deletedSince();
  }

  private static ObjectNode company(Handle database, String id) {
    ObjectNode company = JsonBody.emptyObject().put("id", id).putNull("slug").putNull("name");
    database
        .createQuery(
            "select slug, name from company where id = :id::uuid and publication = 'published'")
        .bind("id", id)
        .map(
            (row, context) ->
                company.put("slug", row.getString("slug")).put("name", row.getString("name")))
        .findOne();
    return company;
  }
}
