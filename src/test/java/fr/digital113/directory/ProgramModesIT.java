package fr.digital113.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a configured server, migrated and kept up by runs of their own. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramModesIT {
  @TempDir private static Path servers;
  private static EmbeddedDatabase server;
  private static Map<String, String> address;

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();
  private Map<String, String> settings;
  private Jdbi database;

  @BeforeAll
  static void startTheServer() {
    server = new EmbeddedDatabase(new DataFolder(servers));
    address = server.start();
  }

  @AfterAll
  static void stopTheServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void emptyTheDatabase() {
    settings = address;
    database = Jdbi.create(url(), setting("username"), setting("password"));
    database.useHandle(
        handle -> handle.execute("drop schema public cascade; create schema public"));
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    for (Program program : programs) {
      program.kill();
    }
  }

  @Test
  void migratesForProgramsThatWait() throws Exception {
    Program impatient =
        server("impatient")
            .with("DIRECTORY_MIGRATION_PATIENCE", "1S")
            .with("QUARKUS_LOG_LEVEL", "ERROR");
    assertThat(impatient.fails())
        .matches(
            "The database is older than this program: \\d+ migrations are missing\\. Run this program with the argument migrate, or set DIRECTORY_MIGRATE_AT_START to true\\.");
    assertThat(program("upkeep").asked("maintain").fails())
        .startsWith("The database is older than this program: ");

    Program waiting = server("waiting");
    waiting.startUntil("Waiting for the database to be migrated");
    assertThat(program("job").asked("migrate").ends())
        .containsPattern("(?m)^The database is at version \\d+\\.$");
    assertThat(waiting.awaitStart().output()).contains("API            http://localhost:");
    assertThat(program("job").asked("migrate").ends())
        .as("again, beside a running program")
        .containsPattern("(?m)^The database is at version \\d+\\.$");
    assertThat(waiting.isRunning()).isTrue();
    assertThat(folder.resolve("job")).as("the data folder is nothing to them").doesNotExist();
  }

  @Test
  void goesOnWithWhatANewerProgramAdded() throws Exception {
    program("job").asked("migrate").ends();
    applied("999", "later");
    assertThat(server("old").start().output())
        .contains("version 999, which a newer program made; its migrations only add")
        .contains("API            http://localhost:");
    assertThat(program("job").asked("migrate").ends())
        .contains("The database is at version 999.\n");

    applied("1000", "contract what nobody reads");
    String refused =
        "The database is newer than this program: it is at version 1000. Run a newer program, or restore a backup made before the upgrade.";
    assertThat(server("older").fails()).isEqualTo(refused);
    assertThat(program("job").asked("migrate").fails()).isEqualTo(refused);
    assertThat(program("job").asked("maintain").fails()).isEqualTo(refused);
  }

  @Test
  void doesTheUpkeepBesideAServer() throws Exception {
    Program running = program("running").with("DIRECTORY_UPKEEP", "false").start();
    database.useHandle(
        handle ->
            handle.execute(
                "insert into idempotency_key (actor, target, key, body_hash, created_at) values ('admin', 'x', 'old', '', now() - interval '2 days'), ('admin', 'x', 'new', '', now())"));
    assertThat(program("running").asked("maintain").ends()).startsWith("The upkeep is done.\n");
    List<String> kept =
        database.withHandle(
            handle ->
                handle.createQuery("select key from idempotency_key").mapTo(String.class).list());
    assertThat(kept).containsExactly("new");
    assertThat(running.isRunning()).isTrue();
  }

  @Test
  void takesTheDirectAddress() throws Exception {
    String direct = url();
    settings =
        Map.of(
            "quarkus.datasource.jdbc.url",
            "jdbc:postgresql://127.0.0.1:1/pooled",
            "quarkus.datasource.username",
            setting("username"),
            "quarkus.datasource.password",
            setting("password"));
    assertThat(program("job").with("DIRECTORY_DATABASE_DIRECT_URL", direct).asked("migrate").ends())
        .containsPattern("(?m)^The database is at version \\d+\\.$");
  }

  @Test
  void saysInOneLineWhatItCannotDo() throws Exception {
    assertThat(program("data").asked("serve").fails())
        .isEqualTo(
            "Unknown arguments: serve. Leave them out to serve, or say migrate or maintain.");
    assertThat(program("data").asked("migrate", "now").fails())
        .startsWith("Unknown arguments: migrate now.");
    assertThat(
            program("data").with("QUARKUS_DATASOURCE_PASSWORD", "wrong").asked("migrate").fails())
        .contains(" refuses the login (");
    settings = Map.of();
    assertThat(program("data").asked("maintain").fails())
        .isEqualTo(
            "maintain needs QUARKUS_DATASOURCE_JDBC_URL: the embedded database is migrated and kept up by the program that has it.");
    assertThat(program("data").with("DIRECTORY_UPKEEP", "often").fails())
        .isEqualTo("DIRECTORY_UPKEEP is \"often\". Set it to true or false, or leave it out.");
  }

  private void applied(String version, String description) {
    database.useHandle(
        handle ->
            handle.execute(
                """
                insert into flyway_schema_history
                  (installed_rank, version, description, type, script, installed_by, execution_time, success)
                select max(installed_rank) + 1, ?, ?, 'SQL', 'V' || ? || '.sql', 'directory', 1, true from flyway_schema_history
                """,
                version,
                description,
                version));
  }

  private Program server(String dataDir) throws IOException {
    return program(dataDir).with("DIRECTORY_MIGRATE_AT_START", "false");
  }

  private Program program(String dataDir) throws IOException {
    Program program = new Program(folder);
    programs.add(program);
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("quarkus.datasource.")) {
            program.with(name.toUpperCase(Locale.ROOT).replace('.', '_'), value);
          }
        });
    return program
        .with("DIRECTORY_DATA_DIR", folder.resolve(dataDir).toString())
        .with("DIRECTORY_DEMO", "false");
  }

  private String url() {
    return setting("jdbc.url");
  }

  private String setting(String name) {
    return requireNonNull(settings.get("quarkus.datasource." + name));
  }
}
