package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a write is answered when the database cannot take it now: come again, and never a 500. */
@QuarkusTest
class WritesInNeedTest {
  private static final String COMPANY = "/v1/companies/ecran-vert";
  private static final String CHANGE = "{\"phone\": \"+33536490001\"}";

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject DataSource dataSource;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @AfterEach
  void giveTheDiskBack() {
    jdbi.useHandle(database -> database.execute("drop function if exists full_disk() cascade"));
  }

  @Test
  void isToComeAgainWhenEveryConnectionIsInUse() throws SQLException {
    assertThat(team.patchAt(COMPANY, "*", CHANGE).statusCode()).isEqualTo(200); // the key is known
    Deque<Connection> all = new ArrayDeque<>();
    try {
      while (true) {
        all.add(dataSource.getConnection());
      }
    } catch (SQLException noneLeft) {
      assertThat(all).isNotEmpty();
      assertIsToComeAgain(team.patchAt(COMPANY, "*", CHANGE));
    } finally {
      for (Connection each : all) {
        each.close();
      }
    }
    assertThat(team.patchAt(COMPANY, "*", CHANGE).statusCode()).isEqualTo(200);
  }

  @Test
  void isToComeAgainWhenSomebodyHoldsTheRowForLong() {
    jdbi.useTransaction(
        database -> {
          database.execute("select from company where slug = 'ecran-vert' for update");
          assertIsToComeAgain(team.patchAt(COMPANY, "*", CHANGE));
        });
    assertThat(team.patchAt(COMPANY, "*", CHANGE).statusCode()).isEqualTo(200);
  }

  @Test
  void isToComeAgainWhenTheDiskOfTheDatabaseIsFull() {
    jdbi.useHandle(
        database -> {
          database.execute(
              "create function full_disk() returns trigger language plpgsql as $$ begin raise sqlstate '53100'; end $$");
          database.execute(
              "create trigger full_disk before update on company execute function full_disk()");
        });
    assertIsToComeAgain(team.patchAt(COMPANY, "*", CHANGE));
  }

  private static void assertIsToComeAgain(Response refused) {
    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(503);
    assertThat(refused.<String>path("type")).isEqualTo("/problems/database-unavailable");
    assertThat(refused.header("Retry-After")).isEqualTo("5");
  }
}
