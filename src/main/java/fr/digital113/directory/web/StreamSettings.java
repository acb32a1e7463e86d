package fr.digital113.directory.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What bounds answers that are written while they are read. */
@ConfigMapping(prefix = "directory.exports")
interface StreamSettings {

  /** How many are written at once. */
  @WithDefault("4")
  int maxConcurrent();

  /** How long one may take. */
  @WithDefault("30M")
  Duration maxDuration();
}
