package fr.digital113.directory.database;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** Makes the ways to run SQL, Jdbi over the pool, and the folder beside the database. */
class DatabaseSetup {

  @Produces
  @Singleton
  DataFolder dataFolder(DirectorySettings settings) {
    return new DataFolder(settings.dataDir());
  }

  @Produces
  @Singleton
  ServerWatch watch(DirectDatabase database) {
    return new ServerWatch("database-watch", database::connectToAsk);
  }

  void end(@Disposes ServerWatch watch) {
    watch.close();
  }

  @Produces
  @Singleton
  Jdbi jdbi(DataSource dataSource, ServerWatch watch) {
    return over(watch.impatient(dataSource));
  }

  @Produces
  @Singleton
  @ForJobs
  Jdbi jdbiForJobs(DataSource dataSource, ServerWatch watch) {
    return over(watch.patient(dataSource));
  }

  static Jdbi over(ConnectionFactory connections) {
    Jdbi jdbi = Jdbi.create(connections);
    // What fails is logged, and the values of a statement are other people's
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }
}
