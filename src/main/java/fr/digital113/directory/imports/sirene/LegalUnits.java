package fr.digital113.directory.imports.sirene;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.imports.CopySink;
import fr.digital113.directory.imports.ImportKind;
import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.RejectedRowException;
import fr.digital113.directory.imports.RowReport;
import fr.digital113.directory.imports.Table;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** StockUniteLegale: who the companies are. */
@Singleton
class LegalUnits implements ImportKind {
  private static final String ROWS =
      "unit_row (line, id, siren, masked, closed, name, slug, legal_name, activity, naf, naf_2025, size_class, founded_year, head_nic, processed)";

  @Override
  public String name() {
    return "sirene-unites-legales";
  }

  @Override
  public void checkHeader(List<String> header) {
    Cells.require(UnitRow.REQUIRED, header);
  }

  @Override
  public void run(Handle database, Table table, ImportOptions options, RowReport report)
      throws IOException {
    RegisterLoad load = new RegisterLoad(database, options);
    load.run("unit_rows.sql");
    copyRows(database, table, report);
    load.run("unit_merge.sql");
    load.settle();
    load.report("unit_outcomes.sql", report);
  }

  private static void copyRows(Handle database, Table table, RowReport report) throws IOException {
    try (CopySink copy = new CopySink(database, ROWS)) {
      Cells cells = new Cells(table);
      while (table.next()) {
        report.read();
        try {
          UnitRow row = UnitRow.of(cells);
          copy.row(
              table.line(),
              UuidCreator.getTimeOrderedEpoch(),
              row.siren(),
              row.masked() == null ? null : row.masked().code(),
              row.closed(),
              row.name(),
              row.slug(),
              row.legalName(),
              row.activity(),
              row.naf(),
              row.naf2025(),
              row.sizeClass(),
              row.foundedYear(),
              row.headNic(),
              row.processed());
        } catch (RejectedRowException rejected) {
          rejected.reportTo(report, table.line());
        }
      }
      copy.finish();
    }
  }
}
