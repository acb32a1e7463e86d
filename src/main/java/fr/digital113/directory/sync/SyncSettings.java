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

  /** How many live streams a process keeps open. */
  @WithDefault("500")
  int maxStreams();

  /** How many of them for one address. */
  @WithDefault("10")
  int maxStreamsPerClient();

  /** How often a stream shows that it is alive. */
  @WithDefault("15s")
  Duration heartbeat();
}
