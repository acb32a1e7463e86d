package fr.digital113.directory.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Checks what a row makes of its Factory before a word of it is written. */
final class FactoryRules {

  /** A row that keeps every rule, with its references resolved. */
  record Plan(
      FactoryRow row,
      UUID id,
      boolean isNew,
      Map<UUID, @Nullable LocalDate> leads,
      Set<UUID> participants) {}

  private record Known(UUID id, String status) {}

  private final Handle database;
  private final Header header;
  private final LocalDate today;

  FactoryRules(Handle database, Header header) {
    this.database = database;
    this.header = header;
    this.today = database.createQuery("select directory_today()").mapTo(LocalDate.class).one();
  }

  Plan plan(FactoryRow row) throws RejectedRowException {
    Known known = find(row);
    if (known == null && row.name() == null) {
      throw RowCells.missing("name");
    }
    Map<UUID, @Nullable LocalDate> leads = new HashMap<>();
    for (FactoryRow.Lead lead : row.leads()) {
      UUID company = company(lead.column(), lead.company());
      if (leads.containsKey(company)) {
        throw twoLeads(
            "Les deux pilotes sont la même entreprise.", "Both leads are the same company.");
      }
      if (!isMember(company)) {
        throw new RejectedRowException(
            lead.column(),
            lead.company(),
            "lead_not_member",
            new Text("Un pilote doit être membre.", "A lead must be a member."));
      }
      leads.put(company, lead.since());
    }
    UUID id =
        known != null
            ? known.id()
            : row.id() != null ? row.id() : UuidCreator.getTimeOrderedEpoch();
    checkLeads(row, known, leads);
    checkTerms(id, leads);
    Set<UUID> participants = new HashSet<>();
    for (String participant : row.participants()) {
      participants.add(company("participants", participant));
    }
    return new Plan(row, id, known == null, leads, participants);
  }

  private @Nullable Known find(FactoryRow row) throws RejectedRowException {
    Known byId = row.id() == null ? null : find("id", row.id());
    String slug = row.wantedSlug();
    Known bySlug = slug == null || byId != null && row.slug() == null ? null : find("slug", slug);
    if (byId != null && bySlug != null && !byId.id().equals(bySlug.id())
        || byId == null && row.id() != null && bySlug != null) {
      throw new RejectedRowException(
          null,
          row.id() + " " + slug,
          "conflicting_references",
          new Text(
              "id et slug ne désignent pas la même Factory.",
              "id and slug do not name the same Factory."));
    }
    return byId != null ? byId : bySlug;
  }

  private @Nullable Known find(String column, Object value) {
    return database
        .createQuery("select id, status from factory where " + column + " = :value for update")
        .bind("value", value)
        .map((found, context) -> new Known(found.getObject(1, UUID.class), found.getString(2)))
        .findOne()
        .orElse(null);
  }

  private void checkLeads(
      FactoryRow row, @Nullable Known known, Map<UUID, @Nullable LocalDate> leads)
      throws RejectedRowException {
    String status =
        row.status() != null
            ? row.status()
            : known == null || header.has("status") ? "forming" : known.status();
    if (!status.equals("active")) {
      return;
    }
    long count =
        header.has("lead1")
            ? leads.size()
            : known == null
                ? 0
                : FactoryMerge.current(database, known.id()).stream()
                    .filter(term -> isMember(term.company()))
                    .count();
    if (count != 2) {
      throw twoLeads(
          "Une Factory active a exactement deux pilotes, de deux entreprises membres.",
          "An active Factory has exactly two leads, from two member companies.");
    }
  }

  private static RejectedRowException twoLeads(String fr, String en) {
    return new RejectedRowException("lead2", null, "two_leads", new Text(fr, en));
  }

  /** A term must not start before an earlier one of the same company has ended. */
  private void checkTerms(UUID factory, Map<UUID, @Nullable LocalDate> leads)
      throws RejectedRowException {
    for (Map.Entry<UUID, @Nullable LocalDate> lead : leads.entrySet()) {
      LocalDate since = lead.getValue();
      if (since != null
          && database
              .createQuery(
                  """
                  select exists (select from factory_lead where factory = :factory and company = :company
                    and until is not null and (until > :since or since = :since))
                  """)
              .bind("factory", factory)
              .bind("company", lead.getKey())
              .bind("since", since)
              .mapTo(Boolean.class)
              .one()) {
        throw new RejectedRowException(
            "lead1Since",
            since.toString(),
            "overlapping_lead",
            new Text(
                "Ce mandat commence avant la fin d'un mandat passé de la même entreprise.",
                "This term starts before a past term of the same company has ended."));
      }
    }
    refuseThird(factory, leads);
  }

  /** Two lead on any day, never three. */
  private void refuseThird(UUID factory, Map<UUID, @Nullable LocalDate> leads)
      throws RejectedRowException {
    Map<UUID, LocalDate> current = new HashMap<>();
    FactoryMerge.current(database, factory)
        .forEach(term -> current.put(term.company(), term.since()));
    ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
    leads.forEach(
        (company, since) ->
            wanted
                .addObject()
                .put("company", company.toString())
                .put(
                    "since",
                    String.valueOf(since != null ? since : current.getOrDefault(company, today))));
    LocalDate third =
        database
            .createQuery("select day_of_third_lead(:factory, :leads::jsonb)")
            .bind("factory", factory)
            .bind("leads", wanted.toString())
            .mapTo(LocalDate.class)
            .findOne()
            .orElse(null);
    if (third != null) {
      throw new RejectedRowException(
          "lead1Since",
          null,
          "third_lead",
          new Text(
                  "Trois entreprises auraient piloté la Factory le %s.",
                  "Three companies would have led the Factory on %s.")
              .with(third));
    }
  }

  // The lock makes an end of membership at the same time wait, and settle the leads after this
  // load.
  private UUID company(String column, String reference) throws RejectedRowException {
    return database
        .createQuery(
            "select id from company where id::text = :ref or slug = :ref or siren = :ref for key share")
        .bind("ref", reference)
        .mapTo(UUID.class)
        .findOne()
        .orElseThrow(
            () ->
                new RejectedRowException(
                    column,
                    reference,
                    "unknown_company",
                    new Text(
                        "Aucune entreprise n'a ce slug, cet id ou ce SIREN.",
                        "No company has this slug, id or SIREN.")));
  }

  private boolean isMember(UUID company) {
    return database
        .createQuery("select is_member(:company, :day)")
        .bind("company", company)
        .bind("day", today)
        .mapTo(Boolean.class)
        .one();
  }
}
