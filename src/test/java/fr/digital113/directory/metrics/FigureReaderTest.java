package fr.digital113.directory.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Figures of the database, for whoever scrapes. */
class FigureReaderTest {
  @RegisterExtension static final MigratedDatabase DATABASE = new MigratedDatabase();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicBoolean away = new AtomicBoolean();

  @Test
  void tellsNoOldFigureWhileTheDatabaseIsAway() {
    FigureReader reader = reader(List.of(counting("erasures", "personal_erasure")));

    reader.read();
    assertThat(value("erasures")).isZero();
    away.set(true);
    reader.read();
    assertThat(value("erasures")).isNaN();
    away.set(false);
    reader.read();
    assertThat(value("erasures")).isZero();
  }

  @Test
  void tellsTheOthersWhenOneCannotBeRead() {
    FigureReader reader =
        reader(
            List.of(
                counting("nowhere", "no_such_table"), counting("erasures", "personal_erasure")));

    reader.read();

    assertThat(registry.find("nowhere").gauge()).isNull();
    assertThat(value("erasures")).isZero();
  }

  @Test
  void neitherWritesNorWaitsForLong() {
    FigureReader reader =
        reader(
            List.of(
                database -> {
                  database.execute("create table written (x integer)");
                  return List.of();
                },
                database -> {
                  database.execute("select pg_sleep(60)");
                  return List.of();
                },
                counting("erasures", "personal_erasure")));

    reader.read();

    assertThat(value("erasures")).isZero();
    boolean written =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select to_regclass('written') is not null")
                        .mapTo(Boolean.class)
                        .one());
    assertThat(written).isFalse();
  }

  private FigureReader reader(List<DatabaseFigures> sources) {
    Jdbi jdbi = DATABASE.jdbi();
    return new FigureReader(
        Jdbi.create(
            () -> {
              if (away.get()) {
                throw new SQLException("away", "08006");
              }
              try {
                return jdbi.open().getConnection();
              } catch (JdbiException failure) {
                throw new SQLException(failure);
              }
            }),
        sources,
        registry);
  }

  private static DatabaseFigures counting(String name, String table) {
    return database ->
        List.of(
            Figure.count(
                name,
                "rows of " + table,
                Tags.empty(),
                database.createQuery("select count(*) from " + table).mapTo(Long.class).one()));
  }

  private double value(String name) {
    Gauge gauge = registry.get(name).gauge();
    return gauge.value();
  }
}
