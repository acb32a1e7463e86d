package fr.digital113.directory.statistics;

import fr.digital113.directory.changes.LogPosition;
import fr.digital113.directory.changes.StandbyReads;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the members became more and fewer: what joined, left, moved to another category and grew, by
 * period. Sums of it from the first day on are what there is at the end of a period.
 */
@Singleton
class Spells {
  /**
   * A spell is a time in which a company is a member in one state. At its beginning the company
   * comes into the categories of that state, at its end it leaves them.
   */
  private static final String EVENTS =
      """
      with state as (
        select company, commune, size_class, headcount, sectors,
          case when first then date '-infinity' else valid_from end as starts,
          coalesce(valid_to, date 'infinity') as ends
        from company_state
      ), spell as (
        select m.company, greatest(m.joined_on, s.starts) as starts, least(m.left_on, s.ends) as ends,
          m.joined_on, m.left_on, m.origin, s.commune, s.size_class, s.headcount, s.sectors
        from membership m
        join state s on s.company = m.company and s.starts < coalesce(m.left_on, 'infinity') and s.ends > m.joined_on
        join company c on c.id = m.company and (c.publication = 'published'
          or (c.publication = 'archived' and m.left_on <= directory_today()))
      ), counted as materialized (
        select starts as day, 1 as present, (starts = joined_on)::int as joined, 0 as left_, headcount as jobs,
          company, commune, size_class, sectors, origin, joined_on from spell
        union all
        select ends, -1, 0, (ends = left_on)::int, -headcount,
          company, commune, size_class, sectors, origin, joined_on from spell where ends < 'infinity'
      ), place as materialized (
        select territory as commune, container as code from territory_within union select code, code from territory
      )
      """;

  private final StandbyReads reads;

  Spells(StandbyReads reads) {
    this.reads = reads;
  }

  /** A length of time. */
  enum Period {
    MONTH,
    QUARTER,
    YEAR;

    /** The first day of the period that a day is in. */
    LocalDate startOf(LocalDate day) {
      return switch (this) {
        case MONTH -> day.withDayOfMonth(1);
        case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
        case YEAR -> day.withDayOfYear(1);
      };
    }

    LocalDate next(LocalDate start) {
      return switch (this) {
        case MONTH -> start.plusMonths(1);
        case QUARTER -> start.plusMonths(3);
        case YEAR -> start.plusYears(1);
      };
    }

    /** How many there are in twenty years. */
    long ofTwentyYears() {
      return switch (this) {
        case MONTH -> 240;
        case QUARTER -> 80;
        case YEAR -> 20;
      };
    }

    /** As SDMX and JSON-stat name it: 2026-03, 2026-Q1, 2026. */
    String code(LocalDate start) {
      return switch (this) {
        case MONTH -> start.toString().substring(0, 7);
        case QUARTER -> start.getYear() + "-Q" + (start.getMonthValue() / 3 + 1);
        case YEAR -> Integer.toString(start.getYear());
      };
    }
  }

  /**
   * What happened in one period to one combination of categories.
   *
   * @param start the first day of the period
   * @param present how many more there are than before
   * @param jobs how many more there are, of known headcounts
   */
  record Change(
      LocalDate start, List<String> values, long joined, long left, long present, long jobs) {}

  /**
   * The changes until today, in no order.
   *
   * @param shown what the answer is labelled with
   */
  List<Change> of(LogPosition shown, Period period, List<Breakdown> by) {
    String sql =
        EVENTS
            + Grouping.subsets(by).stream()
                .map(each -> changes(period, by, each))
                .collect(Collectors.joining("\nunion all\n"));
    return reads.atLeast(
        shown,
        database -> {
          database.execute(DatedTally.SETTINGS);
          return database.createQuery(sql).map((row, context) -> change(row, by)).list();
        });
  }

  private static Change change(ResultSet row, List<Breakdown> by) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      values.add(row.getString("value" + i));
    }
    return new Change(
        row.getDate("start").toLocalDate(),
        values,
        row.getLong("joined"),
        row.getLong("left_"),
        row.getLong("present"),
        row.getLong("jobs"));
  }

  private static String changes(Period period, List<Breakdown> by, List<Breakdown> values) {
    return """
        select date_trunc('%s', k.day)::date as start, %s sum(k.joined) as joined, sum(k.left_) as left_,
          sum(k.present) as present, coalesce(sum(k.jobs), 0) as jobs
        from counted k %s where k.day <= directory_today() group by 1%s"""
        .formatted(
            period.name(),
            Grouping.columns(by, values),
            Grouping.joins(values),
            values.stream()
                .map(each -> ", " + Grouping.column(each))
                .collect(Collectors.joining()));
  }
}
