package fr.digital113.directory.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Makes the one way to run SQL, Jdbi over the pool, and the folder beside the database. */
class DatabaseSetup {

  @Produces
  @Singleton
  DataFolder dataFolder(DirectorySettings settings) {
    return new DataFolder(settings.dataDir());
  }

  @Produces
  @Singleton
  Jdbi jdbi(DataSource dataSource) {
    return Jdbi.create(dataSource);
  }
}
