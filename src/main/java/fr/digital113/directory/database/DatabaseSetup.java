package fr.digital113.directory.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

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
    return over(dataSource);
  }

  static Jdbi over(DataSource dataSource) {
    Jdbi jdbi = Jdbi.create(dataSource);
    // What fails is logged, and the values of a statement are other people's
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }
}
