package fr.digital113.directory.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The program's own settings; application.properties says what each is for. */
@ConfigMapping(prefix = "directory")
public interface DirectorySettings {

  /** Where everything is kept that is not in a configured database. */
  @WithDefault(DataFolder.DEFAULT)
  Path dataDir();

  /** Presets the admin key. */
  Optional<String> adminKey();

  /** Loads the demonstration data, or never; absent: only into an empty embedded database. */
  Optional<Boolean> demo();

  /** Whether the database is the program's own; set by the program itself. */
  @WithDefault("false")
  boolean embeddedDatabase();

  /** What this process was started for; set by the program itself. */
  @WithDefault("serve")
  ProgramMode mode();

  /** Whether a start migrates the database; else it waits until {@code migrate} has. */
  @WithDefault("true")
  boolean migrateAtStart();

  /** How long a start waits for that. */
  @WithDefault("10M")
  Duration migrationPatience();

  /** Whether this process does the {@link Upkeep} by its own clock. */
  @WithDefault("true")
  boolean upkeep();
}
