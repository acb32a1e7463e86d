package fr.digital113.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, started the way its users start it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartIT {
  private static final String PRESET_KEY = "preset-admin-key-0123456789";

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();

  @AfterEach
  void leaveNothingRunning() throws Exception {
    for (Program program : programs) {
      program.kill();
    }
  }

  @Test
  void keepsItsDataThroughAKillAndStopsCleanly() throws Exception {
    Program first = embedded("data").start();
    assertThat(first.output())
        .contains("API            http://localhost:" + first.port() + "/v1")
        .contains("Documentation  http://localhost:" + first.port() + "/q/swagger-ui")
        .contains("Database       embedded, in " + folder.resolve("data"))
        .containsPattern("Admin key      d113_admin_[A-Za-z0-9_-]{43} \\(shown only this once");
    assertThat(embedded("data").fails())
        .isEqualTo(
            "The data folder %s is in use by another instance (process %d). Stop that one, or set DIRECTORY_DATA_DIR to another folder."
                .formatted(folder.resolve("data"), first.pid()));
    first.kill();
    assertThat(serversOf("data")).isNotEmpty();

    Program second = embedded("data").start();
    assertThat(second.output())
        .contains("The program was killed earlier and its PostgreSQL (process ")
        .contains("Admin key      as shown at the first start;");
    assertThat(second.terminate()).isEqualTo(128 + 15);
    assertThat(second.output()).doesNotContain("ERROR").doesNotContain("Exception");
    assertThat(second.errors()).isEmpty();
    assertThat(serversOf("data")).isEmpty();
    assertThat(folder.resolve("data/postgresql/postgresql.log"))
        .content()
        .endsWith("database system is shut down\n");
  }

  @Test
  void usesAConfiguredServerAndRefusesOneOfANewerProgram() throws Exception {
    try (EmbeddedDatabase server = new EmbeddedDatabase(new DataFolder(folder.resolve("server")))) {
      Map<String, String> settings = server.start();
      String url = requireNonNull(settings.get("quarkus.datasource.jdbc.url"));
      String user = requireNonNull(settings.get("quarkus.datasource.username"));
      String password = requireNonNull(settings.get("quarkus.datasource.password"));
      Program program =
          embedded("data")
              .with("QUARKUS_DATASOURCE_JDBC_URL", url)
              .with("QUARKUS_DATASOURCE_USERNAME", user)
              .with("QUARKUS_DATASOURCE_PASSWORD", password)
              .with("DIRECTORY_ADMIN_KEY", PRESET_KEY)
              .start();
      assertThat(program.output())
          .contains("Database       server " + url.substring("jdbc:postgresql://".length()))
          .contains("Admin key      as set by DIRECTORY_ADMIN_KEY");
      assertThat(folder.resolve("data/postgresql")).doesNotExist();
      assertThat(program.terminate()).isEqualTo(128 + 15);

      Jdbi.create(url, user, password)
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      insert into flyway_schema_history
                        (installed_rank, version, description, type, script, installed_by, execution_time, success)
                      values (1000, '999', 'later', 'SQL', 'V999__later.sql', 'directory', 1, true)
                      """));
      assertThat(program.fails())
          .isEqualTo(
              "The database is newer than this program: it is at version 999. Run a newer program, or restore a backup made before the upgrade.");
      assertThat(program.with("QUARKUS_DATASOURCE_PASSWORD", "wrong").fails())
          .startsWith("PostgreSQL at ")
          .contains(" refuses the login (");
    }
  }

  @Test
  void saysThatThePortIsTakenBeforeAnythingElse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(embedded("data").with("QUARKUS_HTTP_PORT", port).fails())
          .isEqualTo(
              "Port %s of 127.0.0.1 is taken or not allowed (Address already in use). Stop the program that has it, or choose another with QUARKUS_HTTP_PORT and QUARKUS_HTTP_HOST."
                  .formatted(port));
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void saysThatAServerIsUnreachable() throws Exception {
    assertThat(
            embedded("data")
                .with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/directory")
                .fails())
        .isEqualTo(
            "PostgreSQL at 127.0.0.1:1/directory is unreachable (Connection refused). Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.");
  }

  @Test
  void saysThatASettingCannotBeRead() throws Exception {
    assertThat(embedded("data").with("QUARKUS_HTTP_PORT", "eighty").fails())
        .startsWith("A setting cannot be read: ")
        .contains("eighty");
    assertThat(embedded("data").with("DIRECTORY_ADMIN_KEY", "short").fails())
        .startsWith("DIRECTORY_ADMIN_KEY must have at least 16 characters");
    assertThat(embedded("data").with("DIRECTORY_OIDC_ISSUER", "https://id.example.org").fails())
        .startsWith("DIRECTORY_OIDC_ISSUER is set and DIRECTORY_OIDC_AUDIENCE is not");
    assertThat(embedded("data").with("DIRECTORY_OIDC_ISSUER", "id.example.org").fails())
        .isEqualTo("DIRECTORY_OIDC_ISSUER is not an http(s) URL: id.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "DIRECTORY_DEMO, maybe, true or false",
    "DIRECTORY_CACHE_MAX_SIZE, 99999999999G, 'a size such as 512K, 64M or 1G'",
    "DIRECTORY_EXPORTS_MAX_CONCURRENT, 0, 'a whole number, 1 or more'",
    "DIRECTORY_EXPORTS_MAX_DURATION, zzz, 'a time such as 90S, 30M or 2H'",
    "QUARKUS_HTTP_IDLE_TIMEOUT, soon, 'a time such as 90S, 30M or 2H'"
  })
  void saysInOneLineWhichSettingIsWrong(String name, String value, String form) throws Exception {
    assertThat(embedded("data").with(name, value).fails())
        .isEqualTo("%s is \"%s\". Set it to %s, or leave it out.".formatted(name, value, form));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void saysInOneLineWhyItsOwnPostgresqlDoesNotStart() throws Exception {
    Program program = embedded("data").start();
    program.terminate();
    Path control = folder.resolve("data/postgresql/cluster/global/pg_control");
    Files.move(control, folder.resolve("pg_control"));
    assertThat(program.fails())
        .startsWith("PostgreSQL did not start in ")
        .contains("could not find the database system");
    assertThat(serversOf("data")).isEmpty();

    Files.move(folder.resolve("pg_control"), control);
    program.start();
    assertThat(program.terminate()).isEqualTo(128 + 15);
  }

  @Test
  void saysInOneLineWhyTheIndexCannotBeOpened() throws Exception {
    Program program = embedded("data").start();
    program.terminate();
    Path index = folder.resolve("data/index");
    Files.delete(index.resolve("write.lock"));
    Files.createDirectory(index.resolve("write.lock"));
    assertThat(program.fails())
        .startsWith("The index in " + index.toRealPath() + " cannot be opened or written (")
        .endsWith("What is in that folder may be deleted: it is built again.");

    PathUtils.deleteDirectory(index);
    Files.writeString(index, "a file");
    assertThat(program.fails())
        .isEqualTo(
            "The data folder %s cannot be created (there is a file of that name). Move it away, or set DIRECTORY_DATA_DIR to another folder."
                .formatted(index.toRealPath()));
    assertThat(serversOf("data")).isEmpty();

    Files.delete(index);
    program.start();
    assertThat(program.terminate()).isEqualTo(128 + 15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"programs.new", "cluster.new"})
  void endsWithoutAWordWhenItIsToldToWhileItMakesItsDatabase(String inTheMaking) throws Exception {
    Path folderInTheMaking = folder.resolve("data/postgresql").resolve(inTheMaking);
    Program program = embedded("data").startUntil("");
    Visitor.await(() -> Files.exists(folderInTheMaking), 60);

    assertThat(program.terminate()).isEqualTo(128 + 15);
    assertThat(program.output()).isEmpty();
    assertThat(program.errors()).isEmpty();
    assertThat(serversOf("data")).isEmpty();
  }

  private Program embedded(String dataDir) throws IOException {
    Program program = new Program(folder);
    programs.add(program);
    return program
        .with("DIRECTORY_DATA_DIR", folder.resolve(dataDir).toString())
        .with("DIRECTORY_DEMO", "false");
  }

  private List<String> serversOf(String dataDir) {
    String cluster = folder.resolve(dataDir).resolve("postgresql/cluster").toString();
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(cluster))
        .toList();
  }
}
