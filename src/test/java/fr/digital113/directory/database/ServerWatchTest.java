package fr.digital113.directory.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that works is not taken for one that hangs, which {@code DatabaseAwayTest} has. */
class ServerWatchTest {
  private static final int LONGER_THAN_IT_WAITS = Integer.parseInt(ServerWatch.PATIENCE) + 3;

  /** More than there are cores. */
  private static final List<Integer> STATEMENTS =
      IntStream.range(0, Runtime.getRuntime().availableProcessors() + 2).boxed().toList();

  @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

  @Test
  void waitsForSlowStatementsOfABusyServer() throws Exception {
    PGSimpleDataSource pool = server();
    AtomicInteger connected = new AtomicInteger();
    ServerWatch.Probe asking =
        () -> {
          Connection connection =
              DirectDatabase.connectToAsk(
                  pool.getUrl(), Optional.of(pool.getUser()), Optional.empty());
          connected.incrementAndGet();
          return connection;
        };
    ExecutorService threads = Executors.newFixedThreadPool(STATEMENTS.size());
    try (ServerWatch watch = new ServerWatch("watch-of-the-test", asking)) {
      Jdbi jdbi = DatabaseSetup.over(watch.impatient(pool));
      List<Callable<Integer>> all =
          STATEMENTS.stream().<Callable<Integer>>map(each -> () -> busy(jdbi, each)).toList();

      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> each : threads.invokeAll(all)) {
        answers.add(each.get());
      }
      assertThat(answers).isEqualTo(STATEMENTS);
      assertThat(connected).as("connections of the watch, none of which it gave up").hasValue(1);
    } finally {
      threads.shutdown();
    }
  }

  /** Computes all the time, for the processor's sake, and then answers. */
  private static int busy(Jdbi jdbi, int number) {
    return jdbi.withHandle(
        handle -> {
          handle.execute(
              """
              do $$
              declare
                till timestamptz := clock_timestamp() + make_interval(secs => %d);
              begin
                while clock_timestamp() < till loop
                end loop;
              end $$
              """
                  .formatted(LONGER_THAN_IT_WAITS));
          return handle.createQuery("select ?::int").bind(0, number).mapTo(Integer.class).one();
        });
  }

  private PGSimpleDataSource server() throws SQLException {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Connection connection = handle.getConnection();
              DatabaseMetaData about = connection.getMetaData();
              PGSimpleDataSource source = new PGSimpleDataSource();
              source.setUrl(about.getURL());
              source.setUser(about.getUserName());
              return source;
            });
  }
}
