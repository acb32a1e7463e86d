package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.ImportKind;
import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.MemoryTable;
import fr.digital113.directory.imports.RecordedReport;
import fr.digital113.directory.imports.Table;
import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.values.Identifiers;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.HandleConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Imports rows of a test as the two kinds of Sirene files, and reads what became of them. */
final class Register
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  /** Two made-up units with right keys. */
  static final String ALPHA = "123456782";

  static final String BETA = "987654324";

  static final ImportOptions ANY = new ImportOptions(null, null, "test");
  static final ImportOptions DIGITAL = new ImportOptions(List.of(), null, "test");

  private final MigratedDatabase database = RegisterReference.DATABASE.database();

  /** An active computing company, changed by pairs of column (without its ending) and value. */
  static Map<String, String> unit(String siren, String... changes) {
    Map<String, String> row = new HashMap<>();
    row.put("siren", siren);
    row.put("statutDiffusionUniteLegale", "O");
    row.put("etatAdministratifUniteLegale", "A");
    row.put("denominationUniteLegale", "ALPHA LOGICIELS");
    row.put("categorieJuridiqueUniteLegale", "5710");
    row.put("activitePrincipaleUniteLegale", "62.01Z");
    row.put("nomenclatureActivitePrincipaleUniteLegale", "NAFRev2");
    row.put("dateDernierTraitementUniteLegale", "2026-03-01T10:00:00");
    for (int i = 0; i < changes.length; i += 2) {
      row.put(changes[i] + "UniteLegale", changes[i + 1]);
    }
    return row;
  }

  /** An open head office, changed by pairs of column (without its ending) and value. */
  static Map<String, String> establishment(String siret, String commune, String... changes) {
    Map<String, String> row = new HashMap<>();
    row.put("siren", siret.substring(0, 9));
    row.put("siret", siret);
    row.put("statutDiffusionEtablissement", "O");
    row.put("etatAdministratifEtablissement", "A");
    row.put("codeCommuneEtablissement", commune);
    row.put("dateDernierTraitementEtablissement", "2026-02-01T10:00:00");
    row.put("etablissementSiege", "true");
    for (int i = 0; i < changes.length; i += 2) {
      String column =
          changes[i].startsWith("etablissement") || changes[i].equals("siren")
              ? changes[i]
              : changes[i] + "Etablissement";
      row.put(column, changes[i + 1]);
    }
    return row;
  }

  static Map<String, String> branch(String siret, String commune, String... changes) {
    Map<String, String> row = establishment(siret, commune, changes);
    row.put("etablissementSiege", "false");
    return row;
  }

  /** The SIRET of a unit's establishment, with its check digit. {@code number} is below 1000. */
  static String siret(String siren, int number) {
    String start = "%s%04d".formatted(siren, number);
    for (int digit = 0; digit <= 9; digit++) {
      if (Identifiers.isSiret(start + digit)) {
        return start + digit;
      }
    }
    throw new AssertionError(start);
  }

  @SafeVarargs
  final RecordedReport units(Map<String, String>... rows) {
    return units(ANY, rows);
  }

  @SafeVarargs
  final RecordedReport units(ImportOptions options, Map<String, String>... rows) {
    return load(new LegalUnits(), MemoryTable.of(UnitRow.REQUIRED, List.of(rows)), options);
  }

  @SafeVarargs
  final RecordedReport establishments(Map<String, String>... rows) {
    return establishments(ANY, rows);
  }

  @SafeVarargs
  final RecordedReport establishments(ImportOptions options, Map<String, String>... rows) {
    return load(
        new Establishments(), MemoryTable.of(EstablishmentRow.REQUIRED, List.of(rows)), options);
  }

  RecordedReport load(ImportKind kind, Table table, ImportOptions options) {
    RecordedReport report = new RecordedReport();
    kind.checkHeader(table.header());
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute("select act_as(?)", options.actor());
              try {
                kind.run(handle, table, options, report);
              } catch (IOException impossible) {
                throw new AssertionError(impossible);
              }
            });
    if (!report.repaired().isEmpty()) {
      throw new AssertionError("the register is not mended: " + report.repaired());
    }
    return report;
  }

  /** The columns of a company as text; empty when there is no such company. */
  Map<String, String> company(String siren, String... columns) {
    return row("select "
            + String.join(", ", columns)
            + " from company where siren = '"
            + siren
            + "'")
        .orElse(Map.of());
  }

  /** How the company of a unit stands: its publication, or {@code absent}. */
  String standing(String siren) {
    return company(siren, "publication").getOrDefault("publication", "absent");
  }

  /** The values of the first row as text, without nulls. */
  Optional<Map<String, String>> row(String sql) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .map(
                        (result, context) -> {
                          Map<String, String> row = new HashMap<>();
                          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            @Nullable String value = result.getString(i);
                            if (value != null) {
                              row.put(result.getMetaData().getColumnLabel(i), value);
                            }
                          }
                          return row;
                        })
                    .findFirst());
  }

  List<String> list(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  long count(String sql) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + sql).mapTo(Long.class).one());
  }

  void execute(String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  void transaction(HandleConsumer<RuntimeException> work) {
    database.jdbi().useTransaction(work);
  }

  void rolledBack(HandleConsumer<RuntimeException> work) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              work.useHandle(handle);
              handle.rollback();
            });
  }

  long revision() {
    return Long.parseLong(list("select coalesce(max(revision), 0)::text from revision").get(0));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    database.beforeEach(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    database.afterEach(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.afterAll(context);
  }
}
