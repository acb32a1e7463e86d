package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.editing.Codes.Company;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The companies that lead a Factory, at most two on any day. A new one begins today, or on the day
 * that is given; a lead who is left out ends on the day on which the first of the new ones begins,
 * at the latest today, and stays as history.
 */
final class FactoryLeads implements Field.Reading {
  private static final int MOST = 2;
  private static final Text UNKNOWN =
      new Text(
          "Aucune entreprise n'a cet identifiant ou ce slug.", "No company has this id or slug.");

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    return read(body, name, codes, MissingNode.getInstance());
  }

  @Override
  public @Nullable JsonNode read(JsonBody body, String name, Codes codes, JsonNode before) {
    JsonBody leads = body.items(name, MOST);
    if (leads == null) {
      return null;
    }
    ArrayNode read = JsonNodeFactory.instance.arrayNode();
    Set<String> companies = new HashSet<>();
    for (String place : leads.names()) {
      leads.required(place);
      JsonBody lead = leads.object(place);
      if (lead == null) {
        continue;
      }
      lead.required("company");
      String company = company(lead, codes, before);
      LocalDate since = since(lead, codes.today());
      if (company != null && !companies.add(company)) {
        lead.error(
            "company",
            "same_company",
            new Text(
                "Les deux pilotes sont la même entreprise.", "Both leads are the same company."));
      } else if (company != null) {
        String known = sinceOf(before, company);
        String day = since != null ? since.toString() : known;
        read.addObject()
            .put("company", company)
            .put("since", day == null ? codes.today().toString() : day);
      }
    }
    return read;
  }

  private static @Nullable String company(JsonBody lead, Codes codes, JsonNode before) {
    String ref = lead.text("company");
    if (ref == null) {
      return null;
    }
    Company company = codes.companies(List.of(ref)).get(ref.toLowerCase(Locale.ROOT));
    if (company == null) {
      lead.error("company", "unknown_company", UNKNOWN);
      return null;
    }
    if (!company.member() && sinceOf(before, company.id()) == null) {
      lead.error(
          "company",
          "lead_not_member",
          new Text("Un pilote doit être membre.", "A lead must be a member."));
      return null;
    }
    return company.id();
  }

  private static @Nullable LocalDate since(JsonBody lead, LocalDate today) {
    LocalDate since = lead.date("since");
    if (since != null && (since.isAfter(today) || since.isBefore(Readings.EARLIEST))) {
      lead.error(
          "since",
          "out_of_range",
          new Text("De %s à aujourd'hui.", "From %s to today.").with(Readings.EARLIEST));
    }
    return since;
  }

  private static @Nullable String sinceOf(JsonNode leads, String company) {
    for (JsonNode lead : leads) {
      if (lead.path("company").asText().equals(company)) {
        return Json.text(lead, "since");
      }
    }
    return null;
  }

  /**
   * Refuses terms that begin before an earlier one of the same company has ended, and those with
   * which three companies would have led on a day.
   *
   * @throws fr.digital113.directory.web.ProblemException 422 that names them
   */
  static void checkTerms(Handle database, String factory, JsonNode leads) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < leads.size(); i++) {
      boolean overlaps =
          database
              .createQuery(
                  """
                  select exists (select from factory_lead
                    where factory = :factory::uuid and company = :company::uuid and until > :since::date)
                  """)
              .bind("factory", factory)
              .bind("company", Json.text(leads.path(i), "company"))
              .bind("since", Json.text(leads.path(i), "since"))
              .mapTo(Boolean.class)
              .one();
      if (overlaps) {
        errors.add(
            FieldError.at(
                "/leads/" + i + "/since",
                "overlapping_lead",
                new Text(
                    "Ce mandat commence avant la fin d'un mandat passé de la même entreprise.",
                    "This term starts before a past term of the same company has ended.")));
      }
    }
    LocalDate third = errors.isEmpty() ? dayOfThird(database, factory, leads) : null;
    if (third != null) {
      errors.add(
          FieldError.at(
              "/leads",
              "third_lead",
              new Text(
                      "Trois entreprises auraient piloté la Factory le %s : donnez des dates de début plus tardives.",
                      "Three companies would have led the Factory on %s: give later first days.")
                  .with(third)));
    }
    if (!errors.isEmpty()) {
      throw JsonBody.invalid(errors);
    }
  }

  private static @Nullable LocalDate dayOfThird(Handle database, String factory, JsonNode leads) {
    return database
        .createQuery("select day_of_third_lead(:factory::uuid, :leads::jsonb)")
        .bind("factory", factory)
        .bind("leads", leads.toString())
        .mapTo(LocalDate.class)
        .findOne()
        .orElse(null);
  }

  /** Whether the caller's company leads a Factory today. */
  static boolean areOf(Handle database, Caller caller, String factory) {
    return caller.is(Role.FACTORY_LEAD)
        && database
            .createQuery(
                """
                select exists (select from factory_lead
                  where factory = :factory::uuid and company = :company and until is null)
                """)
            .bind("factory", factory)
            .bind("company", caller.company())
            .mapTo(Boolean.class)
            .one();
  }

  /** What is there already stays untouched, so that no rule is asked again about it. */
  static void write(Handle database, String factory, JsonNode leads) {
    database
        .createUpdate(
            """
            update factory_lead l set until = greatest(l.since, least(directory_today(), (
              select min(w.since) from jsonb_to_recordset(:leads::jsonb) w (company uuid, since date)
              where not exists (select from factory_lead c
                where c.factory = :id::uuid and c.until is null and c.company = w.company))))
            where l.factory = :id::uuid and l.until is null
              and not exists (select from jsonb_to_recordset(:leads::jsonb) w (company uuid) where w.company = l.company)
            """)
        .bind("id", factory)
        .bind("leads", leads.toString())
        .execute();
    database
        .createUpdate(
            """
            update factory_lead l set since = w.since
            from jsonb_to_recordset(:leads::jsonb) w (company uuid, since date)
            where l.factory = :id::uuid and l.until is null and l.company = w.company and l.since <> w.since
            """)
        .bind("id", factory)
        .bind("leads", leads.toString())
        .execute();
    // A term of one day that ended on it goes on when its company comes back on that day.
    database
        .createUpdate(
            """
            insert into factory_lead (factory, company, since)
            select :id::uuid, w.company, w.since from jsonb_to_recordset(:leads::jsonb) w (company uuid, since date)
            where not exists (select from factory_lead l
              where l.factory = :id::uuid and l.company = w.company and l.until is null)
            on conflict (factory, company, since) do update set until = null
            """)
        .bind("id", factory)
        .bind("leads", leads.toString())
        .execute();
  }
}
