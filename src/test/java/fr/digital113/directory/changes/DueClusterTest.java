package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the cluster tells of itself begins and ends with the day, without a write. */
class DueClusterTest {
  @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

  private Jdbi jdbi;

  @BeforeEach
  void anOfficerUntilTomorrow() {
    jdbi = database.jdbi();
    jdbi.useTransaction(
        handle ->
            handle.execute(
                """
                insert into cluster values ('c', 'C', jsonb_build_object(
                  'launch', '{"date": "2019-02-05"}'::jsonb,
                  'means', '{"years": [{"year": 2019, "permanentStaff": 11}]}'::jsonb,
                  'governance', jsonb_build_array(
                    jsonb_build_object('name', 'A', 'since', '2019', 'until', directory_today() + 1, 'consentedOn', '2019'),
                    jsonb_build_object('name', 'B', 'since', directory_today() + 1))))
                """));
  }

  private List<String> strings(String sql) {
    return jdbi.withHandle(handle -> handle.select(sql).mapTo(String.class).list());
  }

  private List<String> shown() {
    return strings(
        """
        select jsonb_path_query_array(document, '$.governance[*].name')::text from public_change
        where type = 'cluster' order by revision
        """);
  }

  private static void aDayLater(Handle session) {
    session.execute("select set_config('directory.day', (directory_today() + 1)::text, false)");
  }

  @Test
  void isLoggedOnceWhenItsDayComes() {
    due();
    assertThat(shown()).containsExactly("[\"A\"]");
    try (Handle tomorrow = jdbi.open()) {
      aDayLater(tomorrow);
      for (int i = 0; i < 2; i++) {
        tomorrow.execute("call apply_due_memberships()");
        tomorrow.execute("call apply_due_cluster()");
      }
    }
    assertThat(shown()).containsExactly("[\"A\"]", "[\"B\"]");
    assertThat(strings("select document::text from public_change where document::text ~ 'consent'"))
        .isEmpty();
    assertThat(strings("select count(*) from audit_image")).containsExactly("1");
    assertThat(strings("select public::text from revision order by revision"))
        .containsExactly("true", "true");
  }

  /** A process whose clock is behind goes by the day that is in the log. */
  @Test
  void isNotTakenBackByAProcessOfYesterday() {
    try (Handle tomorrow = jdbi.open()) {
      aDayLater(tomorrow);
      tomorrow.execute("call apply_due_memberships()");
      tomorrow.execute("call apply_due_cluster()");
    }
    due();
    assertThat(shown()).containsExactly("[\"A\"]", "[\"B\"]");
  }

  private void due() {
    jdbi.useHandle(
        handle -> {
          handle.execute("call apply_due_memberships()");
          handle.execute("call apply_due_cluster()");
        });
  }

  /** SQL by hand may leave out or misspell anything: what cannot be read hides nothing else. */
  @Test
  void takesWhatHasNoShape() {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                """
                update cluster set document =
                  '{"governance": ["x", {"name": "Z", "since": "soon"}], "offices": {}, "funders": null, "means": 3}'
                """));
    assertThat(
            strings(
                "select document::text from public_change where type = 'cluster' order by revision desc limit 1"))
        .containsExactly(
            "{\"name\": \"C\", \"slug\": \"c\", \"means\": 3, \"funders\": null, \"offices\": {},"
                + " \"governance\": [\"x\", {\"name\": \"Z\", \"since\": \"soon\"}]}");
  }
}
