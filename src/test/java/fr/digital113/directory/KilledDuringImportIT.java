package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code kill -9} while a file is being imported: all of it or nothing. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledDuringImportIT {
  private static final String KEY = "preset-admin-key-0123456789";
  private static final int ROWS = 40_000;

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();

  @AfterEach
  void leaveNothingRunning() throws Exception {
    for (Program program : programs) {
      if (program.isRunning()) {
        program.terminate();
      }
    }
  }

  @Test
  void nothingOfTheFileIsThereAfterwardsAndItImportsWholeThen() throws Exception {
    Program first = started();
    Visitor visitor = new Visitor(first, KEY);
    JsonNode small = visitor.over(visitor.submit("members", members("small", 3)));
    assertThat(small.path("status").asText()).as("%s", small).isEqualTo("done");
    String file = members("large", ROWS);
    String job;
    Program second;
    // All of the file is written and waits for its turn to commit: the worst moment.
    try (Connection gate = connect();
        Statement sql = gate.createStatement()) {
      gate.setAutoCommit(false);
      sql.execute("lock table revision_gate");
      job = visitor.submit("members", file);
      Visitor.await(() -> isSomebodyAtTheGate(sql), 120);
      assertThat(visitor.read(job).path("status").asText()).isEqualTo("running");
      assertThat(total(visitor)).isEqualTo(3);
      first.kill();
      second = started(); // ends the connection that holds the gate as well
    }
    assertThat(second.output())
        .contains("The program was killed earlier and its PostgreSQL (process ");
    Visitor after = new Visitor(second, KEY);
    JsonNode failed = after.over(job);
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("failure").asText())
        .isEqualTo("interrompu ; rien du fichier n'a été gardé");
    assertThat(failed.path("rows").path("created").asInt()).isZero();
    assertThat(after.read("/v1/companies?limit=1").path("page").path("total").asInt()).isEqualTo(3);
    assertThat(names(after)).containsExactlyInAnyOrder("small 0", "small 1", "small 2");

    JsonNode whole = after.over(after.submit("members", file));
    assertThat(whole.path("status").asText()).as("%s", whole).isEqualTo("done");
    assertThat(whole.path("rows").path("created").asInt()).isEqualTo(ROWS);
    second.kill(); // right after "done" was answered

    Visitor last = new Visitor(started(), KEY);
    assertThat(total(last)).isEqualTo(ROWS + 3);
    assertThat(names(last)).hasSize(ROWS + 3).contains("large 0", "large " + (ROWS - 1));
    assertThat(last.read("/v1/imports?limit=1").path("data").path(0).path("status").asText())
        .isEqualTo("done");
  }

  private Program started() throws Exception {
    Program program =
        new Program(folder)
            .with("DIRECTORY_DATA_DIR", folder.resolve("data").toString())
            .with("DIRECTORY_DEMO", "false")
            .with("DIRECTORY_ADMIN_KEY", KEY);
    programs.add(program);
    return program.start();
  }

  private Connection connect() throws IOException, SQLException {
    Path postgresql = folder.resolve("data/postgresql");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    // The fourth line of this file is the port.
    source.setPortNumbers(
        new int[] {
          Integer.parseInt(
              Files.readAllLines(postgresql.resolve("cluster/postmaster.pid")).get(3).strip())
        });
    source.setDatabaseName("directory");
    source.setUser("postgres");
    source.setPassword(Files.readString(postgresql.resolve("superuser.password")).strip());
    return source.getConnection();
  }

  private static boolean isSomebodyAtTheGate(Statement sql) throws SQLException {
    try (ResultSet waiting =
        sql.executeQuery(
            "select from pg_locks where relation = 'revision_gate'::regclass and not granted")) {
      return waiting.next();
    }
  }

  private static int total(Visitor visitor) throws Exception {
    return visitor.asThePublic().read("/v1/companies?limit=1").path("page").path("total").asInt();
  }

  private static List<String> names(Visitor visitor) throws Exception {
    Map<String, JsonNode> shown = visitor.asThePublic().walk();
    return shown.entrySet().stream()
        .filter(item -> item.getKey().startsWith("companies/"))
        .map(item -> item.getValue().path("name").asText())
        .toList();
  }

  private static String members(String name, int rows) {
    StringBuilder file = new StringBuilder("name,commune,sectors,joinedOn,headcount\n");
    for (int i = 0; i < rows; i++) {
      file.append(name).append(' ').append(i).append(",31555,iot,2020-01-01,5\n");
    }
    return file.toString();
  }
}
