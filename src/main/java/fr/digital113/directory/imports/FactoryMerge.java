package fr.digital113.directory.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a row makes of its Factory before a word of it is written, then writes what differs.
 */
final class FactoryMerge {

  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /** A row that keeps every rule, with its references resolved. */
  record Plan(
      FactoryRow row,
      UUID id,
      boolean isNew,
      Map<UUID, @Nullable LocalDate> leads,
      Set<UUID> participants) {}

  private record Known(UUID id, String status) {}

  private record Term(UUID company, LocalDate since) {}

  private final Handle database;
  private final Header header;
  private final LocalDate today;

  FactoryMerge(Handle database, Header header) {
    this.database = database;
    this.header = header;
    this.today = database.createQuery("select directory_today()").mapTo(LocalDate.class).one();
  }

  Plan plan(FactoryRow row) throws RejectedRow {
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
        throw new RejectedRow(
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

  private @Nullable Known find(FactoryRow row) throws RejectedRow {
    Known byId = row.id() == null ? null : find("id", row.id());
    String slug = row.wantedSlug();
    Known bySlug = slug == null || byId != null && row.slug() == null ? null : find("slug", slug);
    if (byId != null && bySlug != null && !byId.id().equals(bySlug.id())
        || byId == null && row.id() != null && bySlug != null) {
      throw new RejectedRow(
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
      throws RejectedRow {
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
                : current(known.id()).stream().filter(term -> isMember(term.company())).count();
    if (count != 2) {
      throw twoLeads(
          "Une Factory active a exactement deux pilotes, de deux entreprises membres.",
          "An active Factory has exactly two leads, from two member companies.");
    }
  }

  private static RejectedRow twoLeads(String fr, String en) {
    return new RejectedRow("lead2", null, "two_leads", new Text(fr, en));
  }

  /** A term must not start before an earlier one of the same company has ended. */
  private void checkTerms(UUID factory, Map<UUID, @Nullable LocalDate> leads) throws RejectedRow {
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
        throw new RejectedRow(
            "lead1Since",
            since.toString(),
            "overlapping_lead",
            new Text(
                "Ce mandat commence avant la fin d'un mandat passé de la même entreprise.",
                "This term starts before a past term of the same company has ended."));
      }
    }
  }

  // The lock makes an end of membership at the same time wait, and settle the leads after this
  // load.
  private UUID company(String column, String reference) throws RejectedRow {
    return database
        .createQuery(
            "select id from company where id::text = :ref or slug = :ref or siren = :ref for key share")
        .bind("ref", reference)
        .mapTo(UUID.class)
        .findOne()
        .orElseThrow(
            () ->
                new RejectedRow(
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

  private List<Term> current(UUID factory) {
    return database
        .createQuery(
            "select company, since from factory_lead where factory = :factory and until is null")
        .bind("factory", factory)
        .map(
            (row, context) ->
                new Term(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class)))
        .list();
  }

  Outcome apply(Plan plan) {
    boolean changed = plan.isNew() ? insert(plan) : update(plan);
    changed |= header.has("sectors") && replaceSectors(plan);
    changed |= header.has("lead1") && changeLeads(plan);
    changed |= header.has("participants") && replaceParticipants(plan);
    return plan.isNew() ? Outcome.CREATED : changed ? Outcome.UPDATED : Outcome.UNCHANGED;
  }

  private boolean insert(Plan plan) {
    FactoryRow row = plan.row();
    return database.execute(
            "insert into factory (id, slug, name, mission_fr, mission_en, status) values (?, ?, ?, ?, ?, coalesce(?, 'forming'))",
            plan.id(),
            row.wantedSlug(),
            row.name(),
            row.missionFr(),
            row.missionEn(),
            row.status())
        > 0;
  }

  private boolean update(Plan plan) {
    FactoryRow row = plan.row();
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    set(columns, values, "slug", "slug", "coalesce(:slug, slug)");
    set(columns, values, "name", "name", ":name");
    set(columns, values, "missionFr", "mission_fr", ":missionFr");
    set(columns, values, "missionEn", "mission_en", ":missionEn");
    set(columns, values, "status", "status", "coalesce(:status, 'forming')");
    if (columns.isEmpty()) {
      return false;
    }
    String before = String.join(", ", columns);
    String after = String.join(", ", values);
    return database
            .createUpdate(
                "update factory set (%s) = row(%s) where id = :id and row(%s) is distinct from row(%s)"
                    .formatted(before, after, before, after))
            .bind("id", plan.id())
            .bind("slug", row.slug())
            .bind("name", row.name())
            .bind("missionFr", row.missionFr())
            .bind("missionEn", row.missionEn())
            .bind("status", row.status())
            .execute()
        > 0;
  }

  private void set(
      List<String> columns, List<String> values, String name, String column, String value) {
    if (header.has(name)) {
      columns.add(column);
      values.add(value);
    }
  }

  private boolean replaceSectors(Plan plan) {
    List<String> before =
        database
            .createQuery(
                "select sector from factory_sector where factory = :id order by position, sector")
            .bind("id", plan.id())
            .mapTo(String.class)
            .list();
    List<String> after = plan.row().sectors();
    if (before.equals(after)) {
      return false;
    }
    database.execute("delete from factory_sector where factory = ?", plan.id());
    for (int i = 0; i < after.size(); i++) {
      database.execute(
          "insert into factory_sector values (?, ?, ?)", plan.id(), after.get(i), i + 1);
    }
    return true;
  }

  /** Leads that are gone end where the new ones start, or today; ended terms stay as history. */
  private boolean changeLeads(Plan plan) {
    Map<UUID, @Nullable LocalDate> wanted = new HashMap<>(plan.leads());
    List<Term> leaving = new ArrayList<>();
    boolean changed = false;
    for (Term term : current(plan.id())) {
      if (!wanted.containsKey(term.company())) {
        leaving.add(term);
        continue;
      }
      LocalDate since = wanted.remove(term.company());
      if (since != null && !since.equals(term.since())) {
        database.execute(
            "update factory_lead set since = ? where factory = ? and company = ? and until is null",
            since,
            plan.id(),
            term.company());
        changed = true;
      }
    }
    LocalDate handover = today;
    for (LocalDate since : wanted.values()) {
      handover = since != null && since.isBefore(handover) ? since : handover;
    }
    for (Term term : leaving) {
      database.execute(
          "update factory_lead set until = greatest(since, ?) where factory = ? and company = ? and until is null",
          handover,
          plan.id(),
          term.company());
    }
    for (Map.Entry<UUID, @Nullable LocalDate> lead : wanted.entrySet()) {
      database.execute(
          """
          insert into factory_lead (factory, company, since) values (?, ?, ?)
          on conflict (factory, company, since) do update set until = null
          """,
          plan.id(),
          lead.getKey(),
          lead.getValue() != null ? lead.getValue() : today);
    }
    return changed || !leaving.isEmpty() || !wanted.isEmpty();
  }

  private boolean replaceParticipants(Plan plan) {
    Set<UUID> before =
        new HashSet<>(
            database
                .createQuery("select company from factory_participant where factory = :id")
                .bind("id", plan.id())
                .mapTo(UUID.class)
                .list());
    if (before.equals(plan.participants())) {
      return false;
    }
    for (UUID gone : before) {
      if (!plan.participants().contains(gone)) {
        database.execute(
            "delete from factory_participant where factory = ? and company = ?", plan.id(), gone);
      }
    }
    for (UUID company : plan.participants()) {
      database.execute(
          "insert into factory_participant values (?, ?) on conflict do nothing",
          plan.id(),
          company);
    }
    return true;
  }
}
