package fr.digital113.directory.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
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
}
