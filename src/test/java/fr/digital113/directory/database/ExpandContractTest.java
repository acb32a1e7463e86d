package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * While programs are replaced one by one, the one before still runs on the newest schema. What it
 * asks is kept, by the version that it was made for, in {@code src/test/resources/expand-contract}.
 */
class ExpandContractTest {
  private static final Path RECORDS = Path.of("src/test/resources/expand-contract");
  private static final String RECORD = "expand-contract.record";
  private static final String END = "\n;\n";

  @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

  /** What a statement takes and gives, by the statement. */
  private static List<String> misunderstood(Handle handle, List<String> records) {
    List<String> misunderstood = new ArrayList<>();
    for (String record : records) {
      int line = record.indexOf('\n');
      String expected = record.substring(0, line);
      String found = described(handle, record.substring(line + 1));
      if (!found.equals(expected)) {
        misunderstood.add(record + "\nbut now " + found);
      }
    }
    return misunderstood;
  }

  private static String described(Handle handle, String sql) {
    handle.savepoint("before");
    try {
      handle.getConnection().createStatement().execute("prepare recorded as " + sql);
      return "-- "
          + handle
              .createQuery(
                  "select parameter_types::text || ' gives ' || coalesce(result_types::text, 'nothing') from pg_prepared_statements where name = 'recorded'")
              .mapTo(String.class)
              .one();
    } catch (SQLException | JdbiException refused) {
      return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
    } finally {
      handle.rollbackToSavepoint("before");
      handle.execute("deallocate all");
    }
  }

  private static List<String> records() throws IOException {
    List<String> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(RECORDS)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".sql")).toList()) {
        for (String record : Files.readString(file).split(END, -1)) {
          if (!record.isBlank()) {
            records.add(record.strip());
          }
        }
      }
    }
    return records;
  }

  @Test
  void thePreviousProgramIsUnderstoodByTheNewestSchema() throws Exception {
    String version = System.getProperty(RECORD);
    if (version != null) {
      database.jdbi().useTransaction(handle -> record(handle, RECORDS.resolve(version + ".sql")));
    }
    List<String> records = records();

    assertThat(records).hasSizeGreaterThan(200);
    database.jdbi().useTransaction(handle -> assertThat(misunderstood(handle, records)).isEmpty());
  }

  @Test
  void aColumnThatIsRenamedIsFound() throws Exception {
    assertThat(misunderstoodAfter("alter table webhook rename column rotated_at to turned_at"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).containsPattern("but now .*rotated_at"));
  }

  @Test
  void aColumnThatBecomesAnotherTypeIsFound() throws Exception {
    assertThat(misunderstoodAfter("alter table import_job alter column rows_read type integer"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each).contains("import_job"));
  }

  private List<String> misunderstoodAfter(String change) throws IOException {
    List<String> records = records();
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle.execute(change);
              return misunderstood(handle, records);
            });
  }

  /** What this program asks, as far as it stands whole in its classes. */
  private static void record(Handle handle, Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String sql : ProgramStatements.of(Path.of("target/classes"))) {
      String described = described(handle, sql);
      if (described.startsWith("-- ")) { // the others are parts of statements
        text.append(described).append('\n').append(sql).append(END);
      }
    }
    Files.writeString(file, text);
  }
}
