package fr.digital113.directory.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RetentionTest {
  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject Retention retention;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    jdbi.useHandle(database -> database.execute("delete from import_job"));
  }

  private List<String> rows(String query) {
    return jdbi.withHandle(database -> database.createQuery(query).mapTo(String.class).list());
  }

  private String imported(String ago) {
    UUID id = UUID.randomUUID();
    jdbi.useHandle(
        database -> {
          database.execute(
              "insert into import_job (id, kind, dry_run, actor, status, finished_at) values (?, 'members', false, 'test', 'done', now() - ?::interval)",
              id,
              ago);
          database.execute(
              "insert into import_report_row (job, line, outcome, code, reason_fr, reason_en) values (?, 2, 'rejected', 'x', 'x', 'x')",
              id);
        });
    return id.toString();
  }

  private void proposed(String status, String ago) {
    jdbi.useHandle(
        database ->
            database.execute(
                """
                insert into proposal (id, company, topic, before, after, actor, status, decided_at, reason)
                select gen_random_uuid(), id, 'name', '{}', '{}', 'test', ?, now() - ?::interval, ?
                from company where slug = 'capteurs-d-oc'
                """,
                status,
                ago,
                status + " " + ago));
  }

  @Test
  void forgetsJobsAndReportsNinetyDaysAfterTheirEnd() {
    imported("90 days 1 minute");
    String younger = imported("89 days 23 hours");

    retention.keepUp();

    assertThat(rows("select id::text from import_job")).containsExactly(younger);
    assertThat(rows("select job::text from import_report_row")).containsExactly(younger);
  }

  @Test
  void forgetsProposalsThatWereDecidedLongAgo() {
    proposed("accepted", "366 days");
    proposed("refused", "364 days");
    proposed("replaced", "31 days");
    proposed("withdrawn", "29 days");

    retention.keepUp();

    assertThat(rows("select reason from proposal"))
        .containsExactlyInAnyOrder("refused 364 days", "withdrawn 29 days");
  }

  private void asked(String status, String ago) {
    jdbi.useHandle(
        database ->
            database.execute(
                """
                insert into participation_request (id, factory, company, message, actor, status, decided_at)
                select gen_random_uuid(), f.id, c.id, ?, 'test', ?, case when ? <> 'open' then now() - ?::interval end
                from factory f, company c where f.slug = 'objets-connectes' and c.slug = 'pixels-mediterranee'
                """,
                status + " " + ago,
                status,
                status,
                ago));
  }

  @Test
  void forgetsRequestsToJoinThatWereDecidedLongAgo() {
    asked("accepted", "366 days");
    asked("declined", "364 days");
    asked("withdrawn", "31 days");
    asked("open", "900 days");

    retention.keepUp();

    assertThat(rows("select message from participation_request"))
        .containsExactlyInAnyOrder("declined 364 days", "open 900 days");
  }

  @Test
  void forgetsDeliveriesOfWebhooksAfterThirtyDays() {
    jdbi.useHandle(
        database ->
            database.execute(
                """
                with made as (
                  insert into partner (id, name, plan) values (gen_random_uuid(), 'Agence ' || gen_random_uuid(), 'standard')
                  returning id
                ), hook as (
                  insert into webhook (id, partner, url, parameters)
                  select gen_random_uuid(), id, 'https://hook.example.org/', '{"types": "sector"}' from made returning id
                )
                insert into webhook_delivery (webhook, event, type, attempt, at, duration)
                select id, 'msg_' || days, 'x', 1, now() - make_interval(days => days), 1
                from hook cross join (values (31), (29)) ago (days)
                """));

    retention.keepUp();

    assertThat(rows("select event from webhook_delivery where event in ('msg_31', 'msg_29')"))
        .containsExactly("msg_29");
    jdbi.useHandle(database -> database.execute("delete from webhook"));
  }

  @Test
  void forgetsWhoMadeAChangeAfterThreeYears() {
    jdbi.useHandle(
        database ->
            database.execute(
                """
                insert into revision (revision, transaction, committed_at, actor, public)
                values (-1, '1', now() - interval '1096 days', 'user:0f0e0d0c', false),
                  (-2, '2', now() - interval '1094 days', 'user:0f0e0d0c', false),
                  (-3, '3', now() - interval '1096 days', 'database:x', false)
                """));

    retention.keepUp();

    assertThat(rows("select actor from revision where revision < 0 order by revision desc"))
        .containsExactly("erased:user", "user:0f0e0d0c", "database:x");
    jdbi.useHandle(database -> database.execute("delete from revision where revision < 0"));
  }

  @Test
  void forgetsWhoErasedAfterThreeYears() {
    jdbi.useHandle(
        database ->
            database.execute(
                """
                insert into personal_erasure (id, at, actor, reason, terms, places)
                values (gen_random_uuid(), now() - interval '1096 days', 'user:0f0e0d0c', 'authority', '["old"]', '[]'),
                  (gen_random_uuid(), now() - interval '1094 days', 'user:0f0e0d0c', 'authority', '["old"]', '[]'),
                  (gen_random_uuid(), now() - interval '1096 days', 'admin key', 'authority', '["old"]', '[]')
                """));

    retention.keepUp();

    assertThat(rows("select actor from personal_erasure where terms = '[\"old\"]' order by number"))
        .containsExactly("erased:user", "user:0f0e0d0c", "admin key");
    jdbi.useHandle(
        database -> database.execute("delete from personal_erasure where terms = '[\"old\"]'"));
  }

  @Test
  void forgetsWhoReadConfidentialFiguresAfterThreeYears() {
    jdbi.useHandle(
        database ->
            database.execute(
                """
                insert into confidential_read (at, actor, request)
                values (now() - interval '1096 days', 'user:0f0e0d0c', '/old'),
                  (now() - interval '1094 days', 'user:0f0e0d0c', '/new')
                """));

    retention.keepUp();

    assertThat(rows("select request from confidential_read where request in ('/old', '/new')"))
        .containsExactly("/new");
    jdbi.useHandle(
        database -> database.execute("delete from confidential_read where request = '/new'"));
  }
}
