package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A rule that staged rows are checked against in SQL.
 *
 * @param condition true for a row that breaks it
 * @param value SQL of what to show of the row, as text
 * @param reason may hold one %s, filled with {@code detail}
 * @param detail SQL of what the reason names, as text
 */
record MergeCheck(
    String code,
    @Nullable String column,
    String condition,
    String value,
    String detail,
    Text reason) {

  static MergeCheck of(
      String code, @Nullable String column, String condition, String value, String fr, String en) {
    return new MergeCheck(code, column, condition, value, "null", new Text(fr, en));
  }

  static final String CREATE_FAULTS =
      """
      create temporary table staged_fault (
        line bigint primary key, rule integer not null, value text, detail text) on commit drop
      """;

  /**
   * Moves the rows that break a rule from the stage into staged_fault, each with its first rule.
   */
  static void apply(
      Handle database, List<MergeCheck> rules, int offset, String stage, String from) {
    StringBuilder rule = new StringBuilder("case");
    StringBuilder value = new StringBuilder("case rule");
    StringBuilder detail = new StringBuilder("case rule");
    for (int i = 0; i < rules.size(); i++) {
      MergeCheck check = rules.get(i);
      rule.append(" when ").append(check.condition).append(" then ").append(offset + i);
      value.append(" when ").append(offset + i).append(" then ").append(check.value);
      detail.append(" when ").append(offset + i).append(" then ").append(check.detail);
    }
    database.execute(
        "insert into staged_fault select s.line, f.rule, %s end, %s end from %s cross join lateral (select %s end as rule) f where f.rule is not null"
            .formatted(value, detail, from, rule));
    database.execute(
        "delete from %s s using staged_fault f where f.line = s.line".formatted(stage));
  }

  /** Reports every row in staged_fault, by line. */
  static void report(Handle database, List<MergeCheck> rules, RowReport report) {
    database
        .createQuery("select line, rule, value, detail from staged_fault order by line")
        .setFetchSize(1_000)
        .map(
            (row, context) ->
                new Fault(
                    row.getLong("line"),
                    rules.get(row.getInt("rule")),
                    row.getString("value"),
                    row.getString("detail")))
        .forEach(fault -> fault.reportTo(report));
  }

  private record Fault(
      long line, MergeCheck rule, @Nullable String value, @Nullable String detail) {
    void reportTo(RowReport report) {
      Text reason = detail == null ? rule.reason : rule.reason.with(detail);
      report.rejected(line, rule.column, value, rule.code, reason);
    }
  }
}
