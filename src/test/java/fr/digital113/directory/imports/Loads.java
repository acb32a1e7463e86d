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

/** A directory without companies beside its reference data, and loads that tell all. */
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
                  "initiative",
                  "factory_participant",
                  "factory_lead",
                  "factory",
                  "membership",
                  "company",
                  "import_job")) {
            database.execute("delete from " + table);
          }
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
