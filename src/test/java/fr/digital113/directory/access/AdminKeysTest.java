package fr.digital113.directory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.database.StartupFailure;
import fr.digital113.directory.testsupport.DatabaseResource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AdminKeysTest {
  private static final String OTHER_KEY = "another-admin-key-0123456789";

  private final Jdbi jdbi;
  private final ApiKeys keys;

  AdminKeysTest(Jdbi jdbi, ApiKeys keys) {
    this.jdbi = jdbi;
    this.keys = keys;
  }

  @AfterEach
  void presetTheKeyOfTheTestsAgain() {
    preset(DatabaseResource.ADMIN_KEY).storePreset(new StartupEvent());
  }

  @Test
  void acceptsThePresetKey() {
    assertThat(isAdmin(DatabaseResource.ADMIN_KEY)).isTrue();
  }

  @Test
  void aNewPresetReplacesTheStoredKey() {
    preset(OTHER_KEY).storePreset(new StartupEvent());
    assertThat(isAdmin(OTHER_KEY)).isTrue();
    assertThat(isAdmin(DatabaseResource.ADMIN_KEY)).isFalse();
    assertThat(preset(OTHER_KEY).announce()).isEqualTo("as set by DIRECTORY_ADMIN_KEY");
  }

  @Test
  void showsAGeneratedKeyOnceAndKeepsOnlyItsHash() {
    jdbi.useHandle(handle -> handle.execute("delete from api_key"));
    String announcement = unset().announce();
    assertThat(announcement)
        .matches("d113_admin_[A-Za-z0-9_-]{43} \\(shown only this once: keep it\\)");
    String key = announcement.substring(0, announcement.indexOf(' '));
    assertThat(isAdmin(key)).isTrue();
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

  @ParameterizedTest
  @ValueSource(strings = {"fifteen-letters", "sixteen letters!", "seize-caractères"})
  void refusesAPresetThatIsShortOrThatNoHeaderCanHold(String preset) {
    assertThatThrownBy(() -> AdminKeys.check(preset))
        .isInstanceOf(StartupFailure.class)
        .hasMessage(
            "DIRECTORY_ADMIN_KEY must have at least 16 characters, ASCII and without spaces. Set a longer one, or none to have one generated.");
  }

  private AdminKeys unset() {
    return new AdminKeys(jdbi, Optional.empty(), keys);
  }

  private AdminKeys preset(String key) {
    return new AdminKeys(jdbi, Optional.of(key), keys);
  }

  private boolean isAdmin(String key) {
    return keys.find(key).filter(known -> known.roles().equals(Set.of(Role.ADMIN))).isPresent();
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
}
