package fr.digital113.directory.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A handful of reference rows, an empty directory, and loads that tell all. */
final class Loads {

  /** What one load did. Lines are {@code line outcome column code}. */
  record Result(RowCounts rows, List<String> lines) {}

  private final Jdbi jdbi;
  private final ImportKinds kinds;
  private final ImportRun importRun;

  Loads(Jdbi jdbi, ImportKinds kinds, ImportRun importRun) {
    this.jdbi = jdbi;
    this.kinds = kinds;
    this.importRun = importRun;
  }

  void reset() {
    jdbi.useTransaction(
        database -> {
          for (String table :
              List.of(
                  "factory_participant",
                  "factory_lead",
                  "factory",
                  "membership",
                  "company",
                  "import_job",
                  "sector_naf",
                  "sector",
                  "former_commune",
                  "territory",
                  "naf",
                  "size_class")) {
            database.execute("delete from " + table);
          }
          database.execute(
              """
              insert into territory (code, level, slug, name, population, latitude, longitude, postal_codes) values
                ('31555', 'commune', 'toulouse', 'Toulouse', 514819, 43.6, 1.44, '{31000,31100}'),
                ('34172', 'commune', 'montpellier', 'Montpellier', 310240, 43.61, 3.87, '{34000}'),
                ('09122', 'commune', 'foix', 'Foix', 9500, 42.96, 1.6, '{09000}'),
                ('09296', 'commune', 'aulos-sinsat', 'Aulos-Sinsat', 200, 42.8, 1.6, '{09310}')
              """);
          database.execute(
              "insert into former_commune values ('09028', 'Aulos', 'commune-deleguee', '09296')");
          database.execute(
              """
              insert into sector values ('iot', 'Internet des objets', 'Internet of Things'),
                ('logiciels', 'Édition de logiciels', 'Software publishing'), ('e-sante', 'E-santé', 'E-health')
              """);
          database.execute(
              """
              insert into naf values ('NAFRev2', '62.01Z', 'Programmation', true),
                ('NAF2025', '62.10Y', 'Programmation', true)
              """);
          database.execute(
              """
              insert into size_class values ('NN', 'inconnu', 'unknown', null, null, 0), ('00', '0', '0', 0, 0, 1),
                ('01', '1-2', '1-2', 1, 2, 2), ('02', '3-5', '3-5', 3, 5, 3), ('11', '10-19', '10-19', 10, 19, 4)
              """);
        });
  }

  Result load(String kind, String csv) {
    return load(kind, file(csv, StandardCharsets.UTF_8), false);
  }

  Result dryRun(String kind, String csv) {
    return load(kind, file(csv, StandardCharsets.UTF_8), true);
  }

  Result load(String kind, Path file, boolean dryRun) {
    RecordedReport report = new RecordedReport();
    importRun.run(
        new ImportRun.Load(
            kinds.named(kind), file, "file", new ImportOptions(List.of(), null, "test"), dryRun),
        report,
        new ImportRun.Edges() {
          @Override
          public void started() {}

          @Override
          public void beforeCommit(Handle database) {}
        });
    RowCounts rows = report.counts();
    if (rows.read()
        != rows.created() + rows.updated() + rows.unchanged() + rows.skipped() + rows.rejected()) {
      throw new AssertionError("the report does not add up: " + rows);
    }
    return new Result(rows, report.lines());
  }

  static Path file(String content, Charset charset) {
    return file(content.getBytes(charset));
  }

  static Path file(byte[] content) {
    try {
      Path file = Files.createTempFile("import", ".tmp");
      file.toFile().deleteOnExit();
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a query, each as its columns joined by {@code |}. */
  List<String> rows(String sql) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(sql)
                .mapToMap()
                .map(
                    row ->
                        row.values().stream().map(String::valueOf).collect(Collectors.joining("|")))
                .list());
  }

  long revision() {
    return Long.parseLong(rows("select coalesce(max(revision), 0) from revision").get(0));
  }
}
