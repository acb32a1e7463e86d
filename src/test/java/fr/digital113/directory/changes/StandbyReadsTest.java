package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.database.Standby;
import fr.digital113.directory.testsupport.MigratedDatabase;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asked of a standby that cannot be read; .ci/scale reads from a real one. */
class StandbyReadsTest {
  private static final LogPosition NOWHERE = new LogPosition("", 1, Instant.EPOCH, 0);

  @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

  private static String nameOfTheServerRead(StandbyReads reads, LogPosition promised) {
    return reads.atLeast(
        promised,
        handle ->
            handle
                .createQuery("select current_setting('application_name')")
                .mapTo(String.class)
                .one());
  }

  private Jdbi primary() {
    return database.jdbi();
  }

  private String url(String name) throws SQLException {
    String url =
        primary()
            .<String, SQLException>withHandle(
                handle -> handle.getConnection().getMetaData().getURL());
    return url.replaceFirst("[?].*", "") + "?user=postgres&ApplicationName=" + name;
  }

  private LogPosition head() {
    return primary().withHandle(ChangeFeed::head).position();
  }

  @Test
  void thePrimaryIsReadWhenThereIsNoStandby() throws Exception {
    StandbyReads reads = new StandbyReads(Jdbi.create(url("primary")), Standby.none());

    assertThat(nameOfTheServerRead(reads, head())).isEqualTo("primary");
  }

  @Test
  void thePrimaryIsReadWhenTheStandbyIsAway() throws Exception {
    StandbyReads reads =
        new StandbyReads(
            Jdbi.create(url("primary")),
            Standby.at("jdbc:postgresql://127.0.0.1:1/directory?user=postgres"));

    assertThat(nameOfTheServerRead(reads, head())).isEqualTo("primary");
    assertThat(nameOfTheServerRead(reads, NOWHERE)).isEqualTo("primary");
  }

  @Test
  void aServerThatIsNoStandbyIsNotReadAsOne() throws Exception {
    StandbyReads reads = new StandbyReads(Jdbi.create(url("primary")), Standby.at(url("promoted")));

    assertThat(nameOfTheServerRead(reads, head())).isEqualTo("primary");
  }

  @Test
  void whatTheReaderItselfThrowsComesThrough() {
    StandbyReads reads = new StandbyReads(primary(), Standby.none());

    assertThatThrownBy(
            () ->
                reads.atLeast(
                    head(),
                    handle -> {
                      throw new IllegalArgumentException("of the reader");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("of the reader");
  }
}
