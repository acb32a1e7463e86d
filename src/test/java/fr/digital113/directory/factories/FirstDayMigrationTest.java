package fr.digital113.directory.factories;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Rows;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A directory that has lost what its Factories were before their first recorded day. */
class FirstDayMigrationTest {
  @RegisterExtension
  final PreparedDbExtension database =
      EmbeddedPostgresExtension.preparedDatabase(
              source -> Flyway.configure().dataSource(source).target("21").load().migrate())
          .customize(server -> server.setServerConfig("fsync", "off"));

  private Jdbi jdbi;
  private UUID factory;

  @BeforeEach
  void aFactoryThatIsClosedOnItsFirstDay() {
    jdbi = Jdbi.create(database.getTestDatabase());
    Rows.reference(jdbi);
    UUID lead = jdbi.inTransaction(handle -> Rows.member(handle, "a"));
    factory =
        jdbi.inTransaction(
            handle -> {
              UUID recorded = Rows.factory(handle, "f", "forming");
              Rows.lead(handle, recorded, lead);
              return recorded;
            });
    jdbi.useHandle(handle -> handle.execute("update factory set status = 'closed'"));
  }

  private void migrate() {
    Flyway.configure().dataSource(database.getTestDatabase()).load().migrate();
  }

  private String on(int day) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select factory_status_on(:factory, directory_today() + :day)")
                .bind("factory", factory)
                .bind("day", day)
                .mapTo(String.class)
                .one());
  }

  @Test
  void learnsTheFirstStatusOfThatDayFromTheLog() {
    assertThat(on(-1)).isEqualTo("closed");
    migrate();
    assertThat(on(-1)).isEqualTo("forming");
    assertThat(on(0)).isEqualTo("closed");
  }

  @Test
  void learnsTheLastStatusBeforeThatDayFromTheLog() {
    // It was there before statuses were kept: its row is of the day on which that began.
    jdbi.useHandle(
        handle -> {
          handle.execute("update factory set status = 'forming'");
          handle.execute("update revision set committed_at = committed_at - interval '3 days'");
          handle.execute("update factory set status = 'closed'");
        });
    migrate();
    assertThat(on(-1)).isEqualTo("forming");
    assertThat(on(0)).isEqualTo("closed");
  }

  @Test
  void takesTheStatusOfThatDayWhenTheLogHasForgotten() {
    jdbi.useHandle(handle -> handle.execute("delete from audit_image where type = 'factory'"));
    migrate();
    assertThat(on(-1)).isEqualTo("closed");
    assertThat(on(0)).isEqualTo("closed");
  }
}
