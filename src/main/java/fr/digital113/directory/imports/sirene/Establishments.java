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

/** StockEtablissement: where the companies are. */
@Singleton
class Establishments implements ImportKind {
  private static final String ROWS =
      "establishment_row (line, id, siret, siren, masked, head, closed, commune, abroad, address, postal_code, latitude, longitude, processed)";

  @Override
  public String name() {
    return "sirene-etablissements";
  }

  @Override
  public void checkHeader(List<String> header) {
    Cells.require(EstablishmentRow.REQUIRED, header);
  }

  @Override
  public void run(Handle database, Table table, ImportOptions options, RowReport report)
      throws IOException {
    RegisterLoad load = new RegisterLoad(database, options);
    load.run("establishment_rows.sql");
    copyRows(database, table, report);
    load.run("establishment_merge.sql");
    load.settle();
    load.report("establishment_outcomes.sql", report);
  }

  private static void copyRows(Handle database, Table table, RowReport report) throws IOException {
    try (CopySink copy = new CopySink(database, ROWS)) {
      Cells cells = new Cells(table);
      Lambert93 projection = new Lambert93();
      while (table.next()) {
        report.read();
        try {
          EstablishmentRow row = EstablishmentRow.of(cells, projection);
          Lambert93.Location location = row.location();
          copy.row(
              table.line(),
              UuidCreator.getTimeOrderedEpoch(),
              row.siret(),
              row.siren(),
              row.masked(),
              row.head(),
              row.closed(),
              row.commune(),
              row.abroad(),
              row.address(),
              row.postalCode(),
              location == null ? null : location.latitude(),
              location == null ? null : location.longitude(),
              row.processed());
        } catch (RejectedRowException rejected) {
          rejected.reportTo(report, table.line());
        }
      }
      copy.finish();
    }
  }
}
