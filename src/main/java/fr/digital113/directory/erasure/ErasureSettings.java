package fr.digital113.directory.erasure;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where erasures are noted outside of the database. */
@ConfigMapping(prefix = "directory.erasures")
interface ErasureSettings {

  /** The folder of the journal; absent: in the data folder. */
  Optional<Path> journal();
}
