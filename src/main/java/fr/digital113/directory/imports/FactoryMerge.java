package fr.digital113.directory.imports;

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

/** Writes what a row changes of its Factory, and tells whether it did. */
final class FactoryMerge {

  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  record Term(UUID company, LocalDate since) {}

  private final Handle database;
  private final Header header;
  private final LocalDate today;

  FactoryMerge(Handle database, Header header) {
    this.database = database;
    this.header = header;
    this.today = database.createQuery("select directory_today()").mapTo(LocalDate.class).one();
  }

  Outcome apply(FactoryRules.Plan plan) {
    boolean changed = plan.isNew() ? insert(plan) : update(plan);
    changed |= header.has("sectors") && replaceSectors(plan);
    changed |= header.has("lead1") && changeLeads(plan);
    changed |= header.has("participants") && replaceParticipants(plan);
    return plan.isNew() ? Outcome.CREATED : changed ? Outcome.UPDATED : Outcome.UNCHANGED;
  }

  private boolean insert(FactoryRules.Plan plan) {
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

  private boolean update(FactoryRules.Plan plan) {
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

  private boolean replaceSectors(FactoryRules.Plan plan) {
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
  private boolean changeLeads(FactoryRules.Plan plan) {
    Map<UUID, @Nullable LocalDate> wanted = new HashMap<>(plan.leads());
    List<Term> leaving = new ArrayList<>();
    boolean changed = false;
    for (Term term : current(database, plan.id())) {
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

  private boolean replaceParticipants(FactoryRules.Plan plan) {
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

  /** The leads of today. */
  static List<Term> current(Handle database, UUID factory) {
    return database
        .createQuery(
            "select company, since from factory_lead where factory = :factory and until is null")
        .bind("factory", factory)
        .map(
            (row, context) ->
                new Term(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class)))
        .list();
  }
}
