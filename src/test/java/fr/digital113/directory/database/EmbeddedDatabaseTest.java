package fr.digital113.directory.database;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One folder for all tests: each finds what an earlier start left, as in life. */
class EmbeddedDatabaseTest {
  @TempDir private static Path root;

  private final EmbeddedDatabase database = new EmbeddedDatabase(new DataFolder(root));
  private Map<String, String> settings = Map.of();

  @BeforeEach
  void start() {
    settings = database.start();
  }

  @AfterEach
  void stop() throws IOException {
    database.close();
  }

  @Test
  void keepsEveryDurabilitySettingOn() {
    assertThat(List.of(show("fsync"), show("synchronous_commit"), show("full_page_writes")))
        .containsOnly("on");
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
    String sockets =
        connectAs("postgres", read("postgresql/superuser.password").strip())
            .withHandle(
                handle ->
                    handle.createQuery("show unix_socket_directories").mapTo(String.class).one());
    assertThat(sockets).isEmpty();
  }

  @Test
  void letsNobodyInWithoutAPassword() throws IOException {
    assertThatThrownBy(() -> connectAs("directory", "").open())
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("requested SCRAM-based authentication");
    assertThatThrownBy(() -> connectAs("postgres", "postgres").open())
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("password authentication failed");
    Path secret = root.resolve("postgresql/superuser.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  @Test
  void givesTheProgramARoleThatIsNoSuperuserAndOwnsItsDatabase() {
    assertThat(
            ask(
                "select current_user || ' ' || rolsuper from pg_roles where rolname = current_user"))
        .isEqualTo("directory false");
    assertThat(
            ask("select datdba::regrole::text from pg_database where datname = current_database()"))
        .isEqualTo("directory");
  }

  @Test
  void keepsDataBetweenStarts() throws IOException {
    program().useHandle(handle -> handle.execute("create table kept as select 113 as value"));
    restart();
    assertThat(ask("select value::text from kept")).isEqualTo("113");
    assertThat(serverLog()).contains("database system is shut down");
  }

  @Test
  void keepsTheValuesOfRowsOutOfItsLog() throws IOException {
    program()
        .useHandle(
            handle -> {
              handle.execute("create table named (name text unique)");
              handle.execute("insert into named values (?)", "Odile Quatremain");
              assertThatThrownBy(
                      () -> handle.execute("insert into named values ('Odile Quatremain')"))
                  .hasMessageContaining("duplicate key");
            });
    assertThat(serverLog())
        .contains("duplicate key value violates unique constraint")
        .doesNotContain("Quatremain");
  }

  @Test
  void stopsAServerThatAKilledProgramLeftBehind() {
    long leftBehind = serverProcess();
    settings = new EmbeddedDatabase(new DataFolder(root)).start();
    // Where nothing reaps orphans a dead process keeps its id, but no command.
    assertThat(ProcessHandle.of(leftBehind).flatMap(process -> process.info().command())).isEmpty();
    assertThat(serverProcess()).isNotEqualTo(leftBehind);
    assertThat(show("fsync")).isEqualTo("on");
  }

  @Test
  void startsAfterItsServerWasKilled() {
    ProcessHandle server = ProcessHandle.of(serverProcess()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
    settings = database.start();
    assertThat(show("fsync")).isEqualTo("on");
  }

  @Test
  void startsWhenAnotherProcessNowHasTheIdOfItsServer() throws IOException {
    Path pidFile = root.resolve("postgresql/cluster/postmaster.pid");
    List<String> lines = Files.readAllLines(pidFile);
    database.close();
    lines.set(0, String.valueOf(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);
    settings = database.start();
    assertThat(show("fsync")).isEqualTo("on");
  }

  /** As a power cut may leave it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\u00ff\u00fe\u0000", "12"})
  void startsWhateverIsInThePlaceOfItsServersId(String content) throws IOException {
    database.close();
    Path pidFile = root.resolve("postgresql/cluster/postmaster.pid");
    Files.writeString(pidFile, content, StandardCharsets.ISO_8859_1);
    settings = database.start();
    assertThat(show("fsync")).isEqualTo("on");
  }

  @Test
  void saysWhichLogTellsWhyItDidNotStart() throws IOException {
    database.close();
    Path control = root.resolve("postgresql/cluster/global/pg_control");
    Path aside = root.resolve("pg_control");
    Files.move(control, aside);
    assertThatThrownBy(database::start)
        .isInstanceOf(StartupFailure.class)
        .hasMessageMatching(
            "PostgreSQL did not start in .*/postgresql \\(could not find the database system\\)\\. The log is .*/postgresql\\.log\\.");
    Files.move(aside, control);
  }

  @Test
  void refusesAClusterOfAnotherMajorVersion() throws IOException {
    database.close();
    Path version = root.resolve("postgresql/cluster/PG_VERSION");
    Files.writeString(version, "17\n");
    assertThatThrownBy(database::start)
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("was made by PostgreSQL 17 and this program brings PostgreSQL 18.");
    Files.writeString(version, "18\n");
  }

  private void restart() throws IOException {
    database.close();
    settings = database.start();
  }

  private String show(String setting) {
    return ask("show " + setting);
  }

  private String ask(String query) {
    return program().withHandle(handle -> handle.createQuery(query).mapTo(String.class).one());
  }

  private Jdbi program() {
    return connectAs(setting("username"), setting("password"));
  }

  private Jdbi connectAs(String user, String password) {
    return Jdbi.create(setting("jdbc.url"), user, password);
  }

  private String setting(String name) {
    return requireNonNull(settings.get("quarkus.datasource." + name));
  }

  private static long serverProcess() {
    return Long.parseLong(
        read("postgresql/cluster/postmaster.pid").lines().findFirst().orElseThrow());
  }

  private static String serverLog() {
    return read("postgresql/postgresql.log");
  }

  private static String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
