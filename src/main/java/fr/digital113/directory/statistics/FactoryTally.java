package fr.digital113.directory.statistics;

import fr.digital113.directory.changes.LogPosition;
import fr.digital113.directory.changes.StandbyReads;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts Factories, who takes part in them and what they did, on any day, in SQL. */
@Singleton
class FactoryTally {
  /** A plan is told by no fewer workshops than these: of one alone, who presented could be told. */
  static final int LEAST_WORKSHOPS = 3;

  /**
   * Of published members alone, as the list of companies is; closed Factories are none any more.
   */
  private static final String COUNTED =
      """
      with there as materialized (
        select id, factory_status_on(id, :day) as status from factory
      ), counted as materialized (
        select id from there where status <> 'closed'
      ), category as (
        select id as factory, '_T' as value from counted
        union all %s
      ), part as materialized (
        {taking part}
      ), present as materialized (
        select p.factory, p.company from part p join company c on c.id = p.company
        where c.publication = 'published' and is_member(p.company, :day)
      ), initiatives as (
        select factory, count(*) as begun, count(*) filter (where status = 'done' and ended_on <= :day) as done
        from initiative where publication = 'published' and started_on <= :day group by factory
      )
      select c.value, count(*) as groups,
        (select count(distinct p.company) from present p join category o on o.factory = p.factory where o.value = c.value) as companies,
        coalesce(sum(i.begun), 0) as initiatives, coalesce(sum(i.done), 0) as done
      from category c left join initiatives i on i.factory = c.factory
      group by c.value
      """
          .replace("{taking part}", DatedTally.TAKING_PART);

  private static final String NOTHING = "select id, null from counted where false";
  private static final String BY_FACTORY = "select id, id::text from counted";
  private static final String BY_SECTOR =
      "select c.id, s.sector from counted c join factory_sector s on s.factory = c.id";

  /** Held and published, as everybody can list them. */
  private static final String WORKSHOPS =
      """
      select count(*) filter (where day > (:day::date - interval '1 year') and day <= :day) as workshops,
        count(*) filter (where full_year and plans > 0) as with_plans,
        coalesce(sum(plans) filter (where full_year), 0) as plans
      from (
        select (w.starts_at at time zone 'Europe/Paris')::date as day,
          extract(year from w.starts_at at time zone 'Europe/Paris') = extract(year from :day::date) - 1 as full_year,
          (select count(*) from workshop_presenter p where p.workshop = w.id) as plans
        from workshop w where w.status = 'held' and w.publication = 'published') w
      """;

  private final StandbyReads reads;

  FactoryTally(StandbyReads reads) {
    this.reads = reads;
  }

  /** What there is in one category. */
  record Counts(long groups, long companies, long initiatives, long done) {
    static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /**
   * Of the whole cluster.
   *
   * @param plans null when too few workshops were held to tell
   */
  record Workshops(long held, @Nullable Long plans) {}

  /** Both from one moment of the database. */
  record Result(Map<String, Counts> byValue, Workshops workshops) {}

  /**
   * Counts what was on a day.
   *
   * @param shown what the answer is labelled with
   * @param by sector, Factory or nothing; the total has the code of every total
   */
  Result of(LogPosition shown, LocalDate day, @Nullable Breakdown by) {
    String values = by == null ? NOTHING : by == Breakdown.FACTORY ? BY_FACTORY : BY_SECTOR;
    return reads.atLeast(
        shown,
        database -> {
          Map<String, Counts> counts = new HashMap<>();
          database
              .createQuery(COUNTED.formatted(values))
              .bind("day", day)
              .map(
                  (row, context) ->
                      counts.put(
                          row.getString("value"),
                          new Counts(
                              row.getLong("groups"),
                              row.getLong("companies"),
                              row.getLong("initiatives"),
                              row.getLong("done"))))
              .list();
          Workshops workshops =
              database
                  .createQuery(WORKSHOPS)
                  .bind("day", day)
                  .map(
                      (row, context) ->
                          new Workshops(
                              row.getLong("workshops"),
                              row.getLong("with_plans") < LEAST_WORKSHOPS
                                  ? null
                                  : row.getLong("plans")))
                  .one();
          return new Result(counts, workshops);
        });
  }
}
