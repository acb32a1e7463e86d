package fr.digital113.directory.changes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the change log tells each step; the last state of everything stays. */
@ConfigMapping(prefix = "directory.log")
interface LogSettings {
  /** Of the public feed. Copies that were away for longer begin again. */
  @WithDefault("91d")
  Duration feedRetention();

  /** Of the private images: who changed what, before and after. */
  @WithDefault("1096d")
  Duration auditRetention();
}
