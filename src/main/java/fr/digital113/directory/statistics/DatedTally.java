package fr.digital113.directory.statistics;

import fr.digital113.directory.changes.LogPosition;
import fr.digital113.directory.changes.StandbyReads;
import fr.digital113.directory.companies.DatedFilter;
import fr.digital113.directory.statistics.Tally.Counts;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts the companies and jobs of any day, from the dated history in the database, on the map of
 * today.
 *
 * <p>A company counts while it is published; an archived one counts on the days of memberships that
 * have ended, so that what it was does not vanish from the past.
 */
@Singleton
class DatedTally {
  /** The state of a company that holds on a day. */
  private static final String STATE =
      """
      company_state s on s.company = %s and (s.valid_from <= :day or s.first)
        and (s.valid_to is null or s.valid_to > :day)
      """;

  /** Members alone, which is what most ask for: they need no look at every company. */
  private static final String MEMBERS =
      """
      select m.company, s.commune, s.size_class, s.headcount, s.sectors, 'member' as membership, m.origin, m.joined_on
      from membership m join %s
      where m.joined_on <= :day and (m.left_on is null or m.left_on > :day)
        and not exists (select from company c where c.id = m.company and c.publication <> 'published'
          and not (c.publication = 'archived' and m.left_on <= directory_today()))
      """
          .formatted(STATE.formatted("m.company"));

  private static final String COMPANIES =
      """
      select c.id as company, s.commune, s.size_class, s.headcount, s.sectors,
        case when m.joined_on is null then 'none' when m.left_on <= :day then 'former' else 'member' end as membership,
        m.origin, m.joined_on
      from company c join %s
      left join (
        select distinct on (company) company, joined_on, left_on, origin from membership
        where joined_on <= :day order by company, joined_on desc) m on m.company = c.id
      where c.publication = 'published'
        or (c.publication = 'archived' and m.left_on > :day and m.left_on <= directory_today())
      """
          .formatted(STATE.formatted("c.id"));

  /** Who takes part in Factories on a day, leads included. */
  static final String TAKING_PART =
      """
      select factory, company from factory_participation
      where (since is null or since <= :day) and (until is null or until > :day)
      union select factory, company from factory_lead where since <= :day and (until is null or until > :day)
      """;

  private static final String COUNTED =
      """
      with k as (%s), counted as materialized (
        select * from k where true %s
      ), place as materialized (
        select territory as commune, container as code from territory_within union select code, code from territory
      ), taking_part as materialized (
        select t.factory::text, t.company from ({taking part}) t
      )
      """
          .replace("{taking part}", TAKING_PART);

  /** Enough to join a million companies in memory; compiling a query takes longer than most. */
  static final String SETTINGS =
      "select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)";

  private final Jdbi jdbi;
  private final StandbyReads reads;

  DatedTally(Jdbi jdbi, StandbyReads reads) {
    this.jdbi = jdbi;
    this.reads = reads;
  }

  /** Today in Europe/Paris, as the database has it. */
  LocalDate today() {
    return jdbi.withHandle(
        database -> database.createQuery("select directory_today()").mapTo(LocalDate.class).one());
  }

  /**
   * Counts a day.
   *
   * @param shown what the answer is labelled with
   */
  Tally of(LogPosition shown, LocalDate day, DatedFilter filter, List<Breakdown> by) {
    return reads.atLeast(shown, database -> of(database, day, filter, by));
  }

  static Tally of(Handle database, LocalDate day, DatedFilter filter, List<Breakdown> by) {
    Tally tally = Tally.empty(by);
    String sql =
        COUNTED.formatted(
                filter.memberships().equals(Set.of("member")) ? MEMBERS : COMPANIES,
                conditions(filter))
            + Grouping.subsets(by).stream()
                .map(each -> counts(by, each))
                .collect(Collectors.joining("\nunion all\n"));
    database.execute(SETTINGS);
    Query query = database.createQuery(sql).bind("day", day);
    bind(query, filter);
    query.map((row, context) -> count(row, by, tally)).list();
    return tally;
  }

  private static Counts count(ResultSet row, List<Breakdown> by, Tally tally) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      values.add(row.getString("value" + i));
    }
    Counts counts =
        new Counts(row.getLong("companies"), row.getLong("jobs"), row.getLong("unknown"));
    if (counts.companies() > 0) {
      tally.cells().put(List.copyOf(values), counts);
    }
    return counts;
  }

  private static String counts(List<Breakdown> by, List<Breakdown> values) {
    String groups = values.stream().map(Grouping::column).collect(Collectors.joining(", "));
    return "select "
        + Grouping.columns(by, values)
        + "count(*) as companies, coalesce(sum(k.headcount), 0) as jobs, "
        + "count(*) filter (where k.headcount is null) as unknown from counted k "
        + Grouping.joins(values)
        + (values.isEmpty() ? "" : " group by " + groups);
  }

  private static String conditions(DatedFilter filter) {
    StringBuilder conditions = new StringBuilder();
    add(conditions, filter.sectors(), "sectors && :sectors::text[]");
    add(conditions, filter.sizeClasses(), "size_class = any(:sizeClasses)");
    add(conditions, filter.memberships(), "membership = any(:memberships)");
    add(conditions, filter.origins(), "origin = any(:origins)");
    add(
        conditions,
        filter.territories(),
        """
        commune in (select territory from territory_within where container = any(:territories)
          union select unnest(:territories::text[]))""");
    add(
        conditions,
        filter.factories(),
        "company in (select t.company from ("
            + TAKING_PART
            + ") t where t.factory = any(:factories::uuid[]))");
    if (filter.joinedAfter() != null) {
      conditions.append(" and joined_on > :joinedAfter");
    }
    if (filter.among() != null) {
      conditions.append(" and company = any(:among::uuid[])");
    }
    return conditions.toString();
  }

  private static void add(StringBuilder conditions, Collection<String> values, String condition) {
    if (!values.isEmpty()) {
      conditions.append(" and ").append(condition);
    }
  }

  private static void bind(Query query, DatedFilter filter) {
    bind(query, "sectors", filter.sectors());
    bind(query, "sizeClasses", filter.sizeClasses());
    bind(query, "memberships", filter.memberships());
    bind(query, "origins", filter.origins());
    bind(query, "territories", filter.territories());
    bind(query, "factories", filter.factories());
    if (filter.joinedAfter() != null) {
      query.bind("joinedAfter", filter.joinedAfter());
    }
    Collection<String> among = filter.among();
    if (among != null) {
      query.bindArray("among", String.class, among);
    }
  }

  private static void bind(Query query, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      query.bindArray(name, String.class, values);
    }
  }
}
