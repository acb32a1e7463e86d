package fr.digital113.directory.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What operators may set of copies. */
@ConfigMapping(prefix = "directory.sync")
interface SyncSettings {
  /** How long a client may stay away without having to begin again. */
  @WithDefault("90d")
  Duration tokenLifetime();
}
