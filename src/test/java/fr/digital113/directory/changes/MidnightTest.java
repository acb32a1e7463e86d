package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Transactions that are open while a day ends: a session that is a day ahead stands for the next.
 */
class MidnightTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private Jdbi jdbi;
  private UUID company;

  @BeforeEach
  void aMemberFromTomorrowOn() {
    jdbi = database.jdbi();
    company =
        jdbi.inTransaction(
            handle -> {
              UUID id = Rows.company(handle, "a");
              handle.execute(
                  "insert into membership (company, joined_on, origin)"
                      + " values (?, directory_today() + 1, 'digital113')",
                  id);
              return id;
            });
  }

  @Test
  void aTransactionOfYesterdayKeepsTheMembershipsOfToday() {
    try (Handle yesterday = jdbi.open();
        Handle today = jdbi.open()) {
      yesterday.begin();
      yesterday.execute("update company set hiring = true");
      aDayLater(today);
      today.execute("call apply_due_memberships()");
      assertThat(status()).isEqualTo("member");

      // The row lock of the company is free: only the log was written.
      yesterday.commit();
    }
    assertThat(status()).isEqualTo("member");
    assertThat(documents("document ->> 'hiring'")).containsExactly("false", "false", "true");
    assertThat(documents("document -> 'membership' ->> 'status'"))
        .containsExactly("none", "member", "member");
  }

  @Test
  void aStateNeverBeginsBeforeTheOneItFollows() {
    try (Handle yesterday = jdbi.open();
        Handle today = jdbi.open()) {
      yesterday.begin();
      yesterday.execute("select 1");
      aDayLater(today);
      today.execute("update company set headcount = 1");
      yesterday.execute("update company set headcount = 4");
      yesterday.commit();
    }
    assertThat(states()).containsExactly("0 1 NN", "1 open 02");
  }

  @Test
  void aMembershipThatBecameVisibleTooLateIsLoggedByTheNextCall() {
    try (Handle today = jdbi.open()) {
      aDayLater(today);
      today.execute("update membership_day set applied = directory_today()");
      assertThat(status()).isEqualTo("none");
      today.execute("call apply_due_memberships()");
      assertThat(status()).isEqualTo("member");
      long logged = revisions();
      today.execute("call apply_due_memberships()");
      assertThat(revisions()).isEqualTo(logged);
    }
  }

  @Test
  void aCompanyHasOneOpenStateOnly() {
    assertThatThrownBy(
            () ->
                jdbi.useHandle(
                    handle ->
                        handle.execute(
                            "insert into company_state select company, valid_from + 1, null,"
                                + " commune, size_class, headcount, sectors from company_state")))
        .hasMessageContaining("company_state_one_open");
  }

  @Test
  void theDayOfOneTransactionIsNotThatOfTheNext() {
    try (Handle handle = jdbi.open()) {
      handle.execute("update membership_day set applied = directory_today() + 1");
      handle.execute("update company set hiring = true");
      assertThat(
              handle
                  .createQuery(
                      "select directory_today() = (clock_timestamp() at time zone 'Europe/Paris')::date")
                  .mapTo(Boolean.class)
                  .one())
          .isTrue();
    }
  }

  private static void aDayLater(Handle session) {
    session.execute("select set_config('directory.day', (directory_today() + 1)::text, false)");
  }

  private String status() {
    List<String> all = documents("document -> 'membership' ->> 'status'");
    return all.get(all.size() - 1);
  }

  private List<String> documents(String path) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select " + path + " from public_change where id = ? order by revision")
                .bind(0, company.toString())
                .mapTo(String.class)
                .list());
  }

  private List<String> states() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select concat_ws(' ', valid_from - directory_today(),"
                        + " coalesce((valid_to - directory_today())::text, 'open'), size_class)"
                        + " from company_state where company = ? order by valid_from")
                .bind(0, company)
                .mapTo(String.class)
                .list());
  }

  private long revisions() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from revision").mapTo(Long.class).one());
  }
}
