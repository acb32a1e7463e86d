package fr.digital113.directory.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How much of the answers to public reads is kept in memory. */
@ConfigMapping(prefix = "directory.cache")
interface CacheSettings {

  /** Bytes of all answers together; 0 keeps none; when it is not set, a share of the heap. */
  Optional<MemorySize> maxSize();

  /** Bytes of the largest body that is kept. */
  @WithDefault("512K")
  MemorySize maxBodySize();
}
