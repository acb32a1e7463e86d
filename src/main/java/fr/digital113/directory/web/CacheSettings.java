package fr.digital113.directory.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much of the answers to public reads is kept in memory. */
@ConfigMapping(prefix = "directory.cache")
interface CacheSettings {

  /** Bytes of all answers together; 0 keeps none. */
  @WithDefault("64M")
  MemorySize maxSize();

  /** Bytes of the largest body that is kept. */
  @WithDefault("512K")
  MemorySize maxBodySize();
}
