package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConfiguredServerTest {
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/directory";

  private final String url;
  private final Optional<String> user;
  private final Optional<String> password;

  ConfiguredServerTest(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  @Test
  void acceptsAServerThatAnswers() {
    assertThatCode(() -> ConfiguredServer.check(url, user, password)).doesNotThrowAnyException();
  }

  @Test
  void saysThatThePasswordIsWrong() {
    assertFails(
        () -> ConfiguredServer.check(url, user, Optional.of("wrong")),
        "PostgreSQL at %s refuses the login (FATAL: password authentication failed for user \"directory\"). Check QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."
            .formatted(ConfiguredServer.place(url)));
  }

  @Test
  void saysThatTheDatabaseDoesNotExist() {
    String elsewhere = url.replace("/directory", "/elsewhere");
    assertFails(
        () -> ConfiguredServer.check(elsewhere, user, password),
        "PostgreSQL at %s has no such database (FATAL: database \"elsewhere\" does not exist). Create it, or correct QUARKUS_DATASOURCE_JDBC_URL."
            .formatted(ConfiguredServer.place(elsewhere)));
  }

  @Test
  void saysThatTheServerIsUnreachableWithoutShowingParameters() {
    assertFails(
        () ->
            ConfiguredServer.check(
                "jdbc:postgresql://127.0.0.1:1/directory?password=secret", user, password),
        "PostgreSQL at 127.0.0.1:1/directory is unreachable (Connection refused). Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.");
  }

  @Test
  void refusesAnotherKindOfDatabase() {
    assertFails(
        () -> ConfiguredServer.check("jdbc:mysql://localhost/directory", user, password),
        "QUARKUS_DATASOURCE_JDBC_URL must start with jdbc:postgresql: but is jdbc:mysql://localhost/directory");
  }

  @Test
  void doesWithoutAStandbyThatIsAway() {
    assertThatCode(
            () ->
                ConfiguredServer.check(url, Optional.of(url), Optional.of(NOWHERE), user, password))
        .doesNotThrowAnyException();
  }

  @Test
  void needsTheDirectWayThatItIsGiven() {
    assertFails(
        () -> ConfiguredServer.check(url, Optional.of(NOWHERE), Optional.empty(), user, password),
        "PostgreSQL at 127.0.0.1:1/directory is unreachable (Connection refused). Start it, or correct DIRECTORY_DATABASE_DIRECT_URL.");
  }

  @Test
  void refusesWaysToAnotherDatabase() {
    Optional<String> elsewhere = Optional.of(url.replace("/directory", "/postgres"));
    assertFails(
        () -> ConfiguredServer.check(url, elsewhere, Optional.empty(), user, password),
        "DIRECTORY_DATABASE_DIRECT_URL leads to another database than QUARKUS_DATASOURCE_JDBC_URL. Correct one of them.");
    assertFails(
        () -> ConfiguredServer.check(url, Optional.empty(), elsewhere, user, password),
        "DIRECTORY_DATABASE_STANDBY_URL leads to another database than QUARKUS_DATASOURCE_JDBC_URL. Correct one of them.");
  }

  @Test
  void needsPostgresql15() {
    assertThatCode(() -> ConfiguredServer.requireVersion(150_000)).doesNotThrowAnyException();
    assertFails(
        () -> ConfiguredServer.requireVersion(140_019),
        "The server is PostgreSQL 14 and the program needs 15 or later. Upgrade it, or configure another server.");
  }

  private static void assertFails(ThrowingCallable check, String message) {
    assertThatThrownBy(check).isInstanceOf(StartupFailure.class).hasMessage(message);
  }
}
