package fr.digital113.directory.imports;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What bounds imports. */
@ConfigMapping(prefix = "directory.imports")
interface ImportSettings {

  /** The largest request with a file. */
  @WithDefault("1G")
  MemorySize maxSize();
}
