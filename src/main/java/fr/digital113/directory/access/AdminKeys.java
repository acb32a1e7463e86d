package fr.digital113.directory.access;

import fr.digital113.directory.database.DirectorySettings;
import fr.digital113.directory.database.StartupFailure;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The operator's own key, which opens everything: generated at the first start, or preset. */
@ApplicationScoped
public class AdminKeys {
  private static final int SHORTEST_PRESET = 16;

  private final Jdbi jdbi;
  private final Optional<String> preset;
  private final ApiKeys keys;

  @Inject
  AdminKeys(Jdbi jdbi, DirectorySettings settings, ApiKeys keys) {
    this(jdbi, settings.adminKey(), keys);
  }

  AdminKeys(Jdbi jdbi, Optional<String> preset, ApiKeys keys) {
    preset.ifPresent(AdminKeys::check);
    this.jdbi = jdbi;
    this.preset = preset;
    this.keys = keys;
  }

  /**
   * Looks at a preset key.
   *
   * @throws StartupFailure when it is easily guessed or no HTTP header can hold it
   */
  public static void check(String preset) {
    if (!preset.matches("[\\x21-\\x7e]{%d,}".formatted(SHORTEST_PRESET))) {
      throw new StartupFailure(
          "DIRECTORY_ADMIN_KEY must have at least %d characters, ASCII and without spaces. Set a longer one, or none to have one generated."
              .formatted(SHORTEST_PRESET));
    }
  }

  /** Puts the preset key in place of the stored one. */
  void storePreset(@Observes StartupEvent start) {
    preset.ifPresent(
        key ->
            jdbi.useHandle(
                handle ->
                    handle
                        .createUpdate(
                            """
                            insert into api_key (name, label, roles, key_hash) values ('admin', 'DIRECTORY_ADMIN_KEY', '{admin}', :hash)
                            on conflict (name) do update set key_hash = excluded.key_hash, label = excluded.label, created_at = now()
                            where api_key.key_hash <> excluded.key_hash
                            """)
                        .bind("hash", ApiKey.hash(key))
                        .execute()));
    keys.readAgain();
    keys.prepare();
  }

  /**
   * What to tell the operator about the key. The first time ever this makes the key and tells it:
   * nobody who is not told it could use it.
   */
  public String announce() {
    if (preset.isPresent()) {
      return "as set by DIRECTORY_ADMIN_KEY";
    }
    ApiKey key = ApiKey.admin();
    int inserted =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into api_key (name, label, roles, key_hash) values ('admin', 'first start', '{admin}', :hash) on conflict (name) do nothing")
                    .bind("hash", key.hash())
                    .execute());
    keys.readAgain();
    keys.prepare();
    return inserted == 1
        ? key.text() + " (shown only this once: keep it)"
        : "as shown at the first start; DIRECTORY_ADMIN_KEY sets a new one";
  }
}
