package fr.digital113.directory.imports;

import fr.digital113.directory.values.KnownCodes;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The cluster's Factories. They are few, so that each row is checked and written by itself. */
@ApplicationScoped
class FactoriesImport implements OwnFileKind {

  @Override
  public String name() {
    return "factories";
  }

  @Override
  public List<Column> columns() {
    return FactoryColumns.ALL;
  }

  @Override
  public String exportQuery() {
    return FactoryColumns.EXPORT;
  }

  @Override
  public void checkHeader(List<String> header) {
    check(Header.of(header, columns()));
  }

  private static void check(Header header) {
    header.requireOneOf("id", "slug", "name");
    header.requireTogether("lead1", "lead2");
    if (header.has("lead1Since") || header.has("lead2Since")) {
      header.requireTogether("lead1", "lead1Since", "lead2", "lead2Since");
    }
  }

  @Override
  public void run(Handle database, Table table, ImportOptions options, RowReport report)
      throws IOException {
    RowCells cells = new RowCells(table, columns());
    check(cells.header());
    FactoryRules rules = new FactoryRules(database, cells.header());
    FactoryMerge merge = new FactoryMerge(database, cells.header());
    KnownCodes known = KnownCodes.load(database);
    Map<UUID, Long> seen = new HashMap<>();
    while (table.next()) {
      report.read();
      try {
        cells.begin();
        FactoryRules.Plan plan = rules.plan(FactoryRow.of(cells, known));
        Long first = seen.putIfAbsent(plan.id(), table.line());
        if (first != null) {
          throw new RejectedRowException(
              "name",
              plan.row().name(),
              "duplicate_row",
              new Text(
                      "La ligne %d parle déjà de cette Factory.",
                      "Line %d is already about this Factory.")
                  .with(first));
        }
        switch (merge.apply(plan)) {
          case CREATED -> report.created(1);
          case UPDATED -> report.updated(1);
          case UNCHANGED -> report.unchanged(1);
        }
        cells.reportRepairs(report);
      } catch (RejectedRowException rejected) {
        rejected.reportTo(report, table.line());
      }
    }
  }
}
