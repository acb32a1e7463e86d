package fr.digital113.directory.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What bounds answers that are written while they are read. */
@ConfigMapping(prefix = "directory.exports")
interface StreamSettings {

  /** How many are written at once. */
  @WithDefault("4")
  int maxConcurrent();

  /** How many of them for readers at one address. */
  @WithDefault("2")
  int maxPerClient();

  /** How long one may take. */
  @WithDefault("30M")
  Duration maxDuration();

  /** What a reader must take each second, before compression. */
  @WithDefault("4K")
  MemorySize minRate();

  /** The time over which that is measured. */
  @WithDefault("60S")
  Duration minRateWindow();
}
