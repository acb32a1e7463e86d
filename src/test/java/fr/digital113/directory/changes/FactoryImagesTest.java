package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Rows;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A directory that has Factories already learns who takes part in them, and the public nothing. */
class FactoryImagesTest {
  @RegisterExtension
  final PreparedDbExtension database =
      EmbeddedPostgresExtension.preparedDatabase(
              source -> Flyway.configure().dataSource(source).target("12").load().migrate())
          .customize(server -> server.setServerConfig("fsync", "off"));

  private Jdbi jdbi() {
    return Jdbi.create(database.getTestDatabase());
  }

  private List<String> strings(String sql, Object... arguments) {
    return jdbi().withHandle(handle -> handle.select(sql, arguments).mapTo(String.class).list());
  }

  @Test
  void theImageOfEveryFactoryIsWrittenAgainAndNoPublicOne() {
    Rows.reference(jdbi());
    UUID company = jdbi().inTransaction(handle -> Rows.member(handle, "member"));
    UUID factory =
        jdbi()
            .inTransaction(
                handle -> {
                  UUID forming = Rows.factory(handle, "f", "forming");
                  handle.execute("insert into factory_participant values (?, ?)", forming, company);
                  return forming;
                });
    List<String> shown =
        strings("select document::text from public_change order by revision, type, id");

    Flyway.configure().dataSource(database.getTestDatabase()).load().migrate();

    assertThat(strings("select document::text from public_change order by revision, type, id"))
        .isEqualTo(shown);
    assertThat(
            strings(
                """
                select document ->> 'participants' from audit_image
                where type = 'factory' and id = ? order by revision desc limit 1
                """,
                factory.toString()))
        .containsExactly("[\"" + company + "\"]");
    assertThat(strings("select name from disabled_trigger")).isEmpty();
    jdbi().useTransaction(handle -> handle.execute("delete from factory_participant"));
    assertThat(
            strings(
                "select count(*) from audit_image where type = 'factory' and id = ?",
                factory.toString()))
        .containsExactly("3");
  }
}
