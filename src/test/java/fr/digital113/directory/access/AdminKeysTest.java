package fr.digital113.directory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.database.StartupFailure;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AdminKeysTest {
  private static final String OTHER_KEY = "another-admin-key-0123456789";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final DataSource dataSource;
  private final Jdbi jdbi;

  AdminKeysTest(DataSource dataSource, Jdbi jdbi) {
    this.dataSource = dataSource;
    this.jdbi = jdbi;
  }

  @AfterEach
  void presetTheKeyOfTheTestsAgain() {
    preset(DatabaseResource.ADMIN_KEY).storePreset(new StartupEvent());
  }

  @Test
  void acceptsThePresetKey() {
    assertThatCode(() -> unset().require(DatabaseResource.ADMIN_KEY)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "test-admin-key-012345678", OTHER_KEY})
  void refusesEveryOtherKey(@Nullable String key) {
    assertUnauthenticated(unset(), key);
  }

  @Test
  void aNewPresetReplacesTheStoredKey() {
    preset(OTHER_KEY).storePreset(new StartupEvent());
    assertThatCode(() -> unset().require(OTHER_KEY)).doesNotThrowAnyException();
    assertUnauthenticated(unset(), DatabaseResource.ADMIN_KEY);
    assertThat(preset(OTHER_KEY).announce()).isEqualTo("as set by DIRECTORY_ADMIN_KEY");
  }

  @Test
  void showsAGeneratedKeyOnceAndKeepsOnlyItsHash() {
    jdbi.useHandle(handle -> handle.execute("delete from api_key"));
    String announcement = unset().announce();
    assertThat(announcement)
        .matches("d113_admin_[A-Za-z0-9_-]{43} \\(shown only this once: keep it\\)");
    String key = announcement.substring(0, announcement.indexOf(' '));
    assertThatCode(() -> unset().require(key)).doesNotThrowAnyException();
    assertThat(unset().announce())
        .isEqualTo("as shown at the first start; DIRECTORY_ADMIN_KEY sets a new one");
    String hash =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select encode(key_hash, 'hex') from api_key where name = 'admin'")
                    .mapTo(String.class)
                    .one());
    assertThat(hash).isEqualTo(sha256(key));
  }

  @Test
  void rememberedKeysOpenForFifteenMinutesWhilePostgresqlIsAway() {
    AtomicBoolean away = new AtomicBoolean();
    ConnectionFactory connections =
        () -> {
          if (away.get()) {
            throw new SQLException("away", "08006");
          }
          return dataSource.getConnection();
        };
    SettableClock clock = new SettableClock();
    AdminKeys keys = new AdminKeys(Jdbi.create(connections), Optional.empty(), clock);
    keys.require(DatabaseResource.ADMIN_KEY);
    away.set(true);
    clock.now = NOON.plusSeconds(15 * 60 - 1);
    assertThatCode(() -> keys.require(DatabaseResource.ADMIN_KEY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> keys.require(OTHER_KEY)).isInstanceOf(ConnectionException.class);
    clock.now = NOON.plusSeconds(15 * 60);
    assertThatThrownBy(() -> keys.require(DatabaseResource.ADMIN_KEY))
        .isInstanceOf(ConnectionException.class);
  }

  @Test
  void asksTheDatabaseOnceEveryFiveSecondsHoweverManyKeysAreTried() {
    AtomicInteger queries = new AtomicInteger();
    ConnectionFactory connections =
        () -> {
          queries.incrementAndGet();
          return dataSource.getConnection();
        };
    SettableClock clock = new SettableClock();
    AdminKeys keys = new AdminKeys(Jdbi.create(connections), Optional.empty(), clock);
    for (int i = 0; i < 100; i++) {
      assertUnauthenticated(keys, "wrong-key-" + i);
      keys.require(DatabaseResource.ADMIN_KEY);
    }
    assertThat(queries).hasValue(1);
    preset(OTHER_KEY).storePreset(new StartupEvent());
    clock.now = NOON.plusSeconds(5);
    keys.require(OTHER_KEY);
    assertUnauthenticated(keys, DatabaseResource.ADMIN_KEY);
    assertThat(queries).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifteen-letters", "sixteen letters!", "seize-caractères"})
  void refusesAPresetThatIsShortOrThatNoHeaderCanHold(String preset) {
    assertThatThrownBy(() -> AdminKeys.check(preset))
        .isInstanceOf(StartupFailure.class)
        .hasMessage(
            "DIRECTORY_ADMIN_KEY must have at least 16 characters, ASCII and without spaces. Set a longer one, or none to have one generated.");
  }

  private AdminKeys unset() {
    return new AdminKeys(jdbi, Optional.empty(), InstantSource.system());
  }

  private AdminKeys preset(String key) {
    return new AdminKeys(jdbi, Optional.of(key), InstantSource.system());
  }

  private static void assertUnauthenticated(AdminKeys keys, @Nullable String key) {
    assertThatThrownBy(() -> keys.require(key))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHENTICATED));
  }

  private String sha256(String key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select encode(sha256(convert_to(:key, 'UTF8')), 'hex')")
                .bind("key", key)
                .mapTo(String.class)
                .one());
  }

  private static final class SettableClock implements InstantSource {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }
  }
}
