package fr.digital113.directory.imports;

import fr.digital113.directory.values.CompanySlugs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Merges staged member rows into the directory, a few statements for all of them. Rows that would
 * not change are not touched, so that the log stays silent about them.
 */
final class MemberMerge {

  /** The stage and the order of its values. */
  static final String STAGE =
      MemberColumns.FIELDS.stream()
          .map(MemberColumns.Field::sql)
          .collect(
              Collectors.joining(
                  ", ",
                  "staged_member (line, new_id, id, slug, base, sectors, origin, joined_on, left_on, ",
                  ")"));

  private final Handle database;
  private final Header header;

  MemberMerge(Handle database, Header header) {
    this.database = database;
    this.header = header;
  }

  void createStage() {
    String fields =
        MemberColumns.FIELDS.stream()
            .map(field -> field.sql() + " " + field.type())
            .collect(Collectors.joining(", "));
    database.execute(
        """
        create temporary table staged_member (
          line bigint, new_id uuid, id uuid, slug text, base text, sectors text[], origin text,
          joined_on date, left_on date, %s,
          company uuid, conflict boolean not null default false, ambiguous boolean not null default false)
          on commit drop
        """
            .formatted(fields));
    database.execute(MergeCheck.CREATE_FAULTS);
    database.execute(
        "create temporary table changed_member (company uuid primary key) on commit drop");
  }

  void run(RowReport report) {
    analyze();
    matchByReference();
    matchByName();
    settleMembership();
    analyze();
    List<MergeCheck> rules = new ArrayList<>(MemberRules.ofRow(header));
    MergeCheck.apply(
        database,
        rules,
        0,
        "staged_member",
        """
        staged_member s left join company c on c.id = s.company
        left join lateral (select * from membership m where m.company = s.company
                           order by m.joined_on desc limit 1) p on true
        """);
    MergeCheck.apply(
        database, MemberRules.IN_FILE, rules.size(), "staged_member", MemberRules.WITH_FIRST_LINES);
    rules.addAll(MemberRules.IN_FILE);
    CompanySlugs.assign(database, "staged_member", "line", "company is null and slug is null");
    long updatable = count("select count(*) from staged_member where company is not null");
    update();
    long created = insert();
    mergeSectors();
    mergeMembership();
    long updated =
        count(
            """
            select count(*) from changed_member c
            where not exists (select from staged_member s where s.new_id = c.company)
            """);
    MergeCheck.report(database, rules, report);
    report.created(created);
    report.updated(updated);
    report.unchanged(updatable - updated);
  }

  /**
   * Without it the planner believes in the stage as it was, and loops over all of it for each row.
   * Of the columns those that rows are looked up by: samples of long texts take a second.
   */
  private void analyze() {
    database.execute(
        "analyze staged_member (line, new_id, id, siren, siret, slug, base, commune, company, joined_on)");
  }

  private long count(String sql) {
    return database.createQuery(sql).mapTo(Long.class).one();
  }

  private void matchByReference() {
    database.execute(
        """
        update staged_member s set company = coalesce(f.by_id, f.by_siren, f.by_slug),
          conflict = coalesce(f.by_id <> f.by_siren or f.by_id <> f.by_slug or f.by_siren <> f.by_slug, false)
            or s.id is not null and f.by_id is null and coalesce(f.by_siren, f.by_slug) is not null
            or coalesce(f.by_id is null and f.by_siren is null and f.slug_siren <> s.siren, false)
        from (
          select r.line, i.id as by_id, n.id as by_siren, g.id as by_slug, g.siren as slug_siren
          from staged_member r
          left join company i on i.id = r.id
          left join company n on n.siren = r.siren
          left join company g on g.slug = r.slug) f
        where f.line = s.line and coalesce(f.by_id, f.by_siren, f.by_slug) is not null
        """);
  }

  /**
   * Rows without any reference: the company of that name in that commune, so that a file without
   * references loads twice to the same effect. Only among the cluster's own: a homonym in the
   * register may be anyone.
   */
  private void matchByName() {
    database.execute(
        """
        with candidate as (
          select s.line, c.id from staged_member s
          join company c on c.slug = s.base
          where s.company is null and s.id is null and s.slug is null and c.source = 'cluster'
            and (s.siren is null or c.siren is null) and (s.commune is null or c.commune = s.commune)
          union
          select s.line, c.id from staged_member s
          join company c on regexp_replace(c.slug, '-[0-9]+$', '') = s.base
          where s.company is null and s.id is null and s.slug is null and c.source = 'cluster'
            and (s.siren is null or c.siren is null) and (s.commune is null or c.commune = s.commune)
        ), found as (
          select line, min(id::text)::uuid as id, count(*) > 1 as several from candidate group by line)
        update staged_member s set company = case when not several then found.id end, ambiguous = several
        from found where found.line = s.line
        """);
  }

  /** Without a column joinedOn the row is about the latest membership. */
  private void settleMembership() {
    if (!header.has("joinedOn") && (header.has("leftOn") || header.has("origin"))) {
      database.execute(
          """
          update staged_member s set joined_on = p.joined_on
          from (select company, max(joined_on) as joined_on from membership group by company) p
          where p.company = s.company
          """);
    }
  }

  private void update() {
    List<String> columns = new ArrayList<>(List.of("source"));
    List<String> values = new ArrayList<>(List.of("'cluster'"));
    if (header.has("slug")) {
      columns.add("slug");
      values.add("coalesce(s.slug, c.slug)");
    }
    for (MemberColumns.Field field : MemberColumns.FIELDS) {
      if (field.name().equals("sizeClass")) {
        if (header.has("sizeClass") || header.has("headcount")) {
          columns.add("size_class");
          values.add(sizeClass());
        }
      } else if (header.has(field.name())) {
        columns.add(field.sql());
        values.add("coalesce(s.%s, %s)".formatted(field.sql(), field.whenEmpty()));
      }
    }
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      set.append(columns.get(i)).append(" = ").append(values.get(i)).append(", ");
    }
    database.execute(
        """
        with changed as (
          update company c set %s source_date = directory_today()
          from staged_member s
          where c.id = s.company and row(%s) is distinct from row(%s)
          returning c.id)
        insert into changed_member select id from changed
        """
            .formatted(
                set,
                columns.stream().map(column -> "c." + column).collect(Collectors.joining(", ")),
                String.join(", ", values)));
  }

  /**
   * What the trigger on company makes of headcount and class, so that only real differences are
   * written.
   */
  private String sizeClass() {
    String headcount = header.has("headcount") ? "s.headcount" : "c.headcount";
    String given = header.has("sizeClass") ? "coalesce(s.size_class, 'NN')" : "c.size_class";
    return """
        case when %1$s > 0 or %1$s = 0 and %2$s not in ('00', 'NN') then size_class_of(%1$s) else %2$s end
        """
        .formatted(headcount, given);
  }

  private long insert() {
    database.execute(
        "update staged_member set company = coalesce(id, new_id), new_id = coalesce(id, new_id) where company is null");
    String columns =
        MemberColumns.FIELDS.stream()
            .map(MemberColumns.Field::sql)
            .collect(Collectors.joining(", "));
    String values =
        MemberColumns.FIELDS.stream()
            .map(field -> "coalesce(%s, %s)".formatted(field.sql(), field.whenEmpty()))
            .collect(Collectors.joining(", "));
    return database.execute(
        "insert into company (id, slug, source, %s) select company, slug, 'cluster', %s from staged_member where company = new_id"
            .formatted(columns, values));
  }

  private void mergeSectors() {
    if (!header.has("sectors")) {
      return;
    }
    database.execute(
        """
        with differing as materialized (
          select s.company, s.sectors from staged_member s
          where s.sectors is distinct from array(
            select l.sector from company_sector l where l.company = s.company order by l.position, l.sector)
        ), gone as (
          delete from company_sector l using differing d
          where l.company = d.company and l.sector <> all (d.sectors)
        ), put as (
          insert into company_sector (company, sector, position)
          select d.company, x.sector, x.position from differing d
          cross join unnest(d.sectors) with ordinality x (sector, position)
          on conflict (company, sector) do update set position = excluded.position)
        insert into changed_member select company from differing on conflict do nothing
        """);
  }

  private void mergeMembership() {
    database.execute(
        """
        with changed as (
          update membership m set left_on = %1$s, origin = coalesce(s.origin, m.origin)
          from staged_member s
          where m.company = s.company and m.joined_on = s.joined_on
            and (m.left_on, m.origin) is distinct from (%1$s, coalesce(s.origin, m.origin))
          returning m.company)
        insert into changed_member select company from changed on conflict do nothing
        """
            .formatted(header.has("leftOn") ? "s.left_on" : "m.left_on"));
    database.execute(
        """
        with added as (
          insert into membership (company, joined_on, left_on, origin)
          select s.company, s.joined_on, s.left_on, coalesce(s.origin, 'digital113') from staged_member s
          where s.joined_on is not null
            and not exists (select from membership m where m.company = s.company and m.joined_on = s.joined_on)
          returning company)
        insert into changed_member select company from added on conflict do nothing
        """);
  }
}
