package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A directory that tells of its cluster already learns the dates of what was published. */
class DatedClusterMigrationTest {
  @RegisterExtension
  final PreparedDbExtension database =
      EmbeddedPostgresExtension.preparedDatabase(
              source -> Flyway.configure().dataSource(source).target("19").load().migrate())
          .customize(server -> server.setServerConfig("fsync", "off"));

  private Jdbi jdbi() {
    return Jdbi.create(database.getTestDatabase());
  }

  private List<String> strings(String sql) {
    return jdbi().withHandle(handle -> handle.select(sql).mapTo(String.class).list());
  }

  private void migrate() {
    Flyway.configure().dataSource(database.getTestDatabase()).load().migrate();
  }

  @Test
  void whatWasPublishedGetsItsDatesAndWhatTheTeamAddedStays() {
    jdbi()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    insert into cluster values ('digital113', 'Digital113', '{
                      "launch": {"date": "2019-02-05"},
                      "predecessors": [{"code": "digitalplace", "foundingDate": "2011"}],
                      "governance": [{"name": "A", "since": "2019-02-05", "consentedOn": "2019-01-01"}],
                      "offices": [{"kind": "head_office", "place": {"code": "31555"}}, {"kind": "head_office", "place": {"code": "30189"}}],
                      "means": {"permanentStaff": {"value": 12, "asOf": "2026-03"},
                                "annualBudget": {"value": 1200000, "currency": "EUR", "asOf": "2019"}},
                      "funders": [],
                      "objectives": [{"code": "members", "baselineOn": "2019-02-05"}]}')
                    """));

    migrate();

    assertThat(Fixture.parsed(strings("select document::text from cluster").get(0)))
        .isEqualTo(
            Fixture.parsed(
                """
                {"launch": {"date": "2019-02-05"},
                 "predecessors": [{"code": "digitalplace", "foundingDate": "2011",
                   "merger": {"into": "digital113", "agreementDate": "2015", "date": "2019-02-05"}}],
                 "governance": [{"name": "A", "since": "2019-02-05", "consentedOn": "2019-01-01"}],
                 "offices": [{"kind": "head_office", "place": {"code": "31555"}, "since": "2019-02-05"},
                   {"kind": "head_office", "place": {"code": "30189"}}],
                 "means": {"years": [{"year": 2019, "annualBudget": {"value": 1200000, "currency": "EUR"}},
                   {"year": 2026, "permanentStaff": 12}]},
                 "funders": [],
                 "objectives": [{"code": "members", "baselineOn": "2019-02-05", "since": "2019-02-05"}]}
                """));
    assertThat(
            strings(
                    """
                select document ->> 'means' from public_change where type = 'cluster' order by revision desc limit 1
                """)
                .get(0))
        .contains("\"permanentStaff\": {\"asOf\": \"2026\", \"value\": 12}");
    assertThat(strings("select name from disabled_trigger")).isEmpty();
  }

  @Test
  void aClusterOfAnotherNameKeepsWhatItSays() {
    jdbi()
        .useTransaction(
            handle ->
                handle.execute(
                    """
                    insert into cluster values ('c', 'C', '{"offices": [{"kind": "head_office", "place": {"code": "31555"}}]}')
                    """));

    migrate();

    assertThat(strings("select document::text from cluster"))
        .containsExactly(
            "{\"offices\": [{\"kind\": \"head_office\", \"place\": {\"code\": \"31555\"}}]}");
  }
}
