package fr.digital113.directory.database;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Other ways to the database than the pool's; application.properties says what each is for. */
@ConfigMapping(prefix = "directory.database")
public interface DatabaseSettings {

  /** A JDBC URL without a pooler in between. */
  Optional<String> directUrl();

  /** A JDBC URL of a hot standby. */
  Optional<String> standbyUrl();
}
