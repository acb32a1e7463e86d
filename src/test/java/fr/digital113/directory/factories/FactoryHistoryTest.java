package fr.digital113.directory.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the database tells of the past of a Factory, whoever writes. */
class FactoryHistoryTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private Jdbi jdbi;
  private UUID a;
  private UUID b;
  private UUID c;
  private UUID factory;

  @BeforeEach
  void aFactoryThatWasRecordedLongAgo() {
    jdbi = database.jdbi();
    a = jdbi.inTransaction(handle -> Rows.member(handle, "a"));
    b = jdbi.inTransaction(handle -> Rows.member(handle, "b"));
    c = jdbi.inTransaction(handle -> Rows.member(handle, "c"));
    factory = jdbi.inTransaction(handle -> Rows.factory(handle, "f", "forming"));
    run("update factory_state set valid_from = directory_today() - 100");
  }

  private void run(String sql, Object... arguments) {
    jdbi.useTransaction(handle -> handle.execute(sql, arguments));
  }

  /** The terms of a company, as days from today on. */
  private List<String> participation(UUID company) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select concat(coalesce((since - directory_today())::text, 'ever'), ' ',
                      coalesce((until - directory_today())::text, 'open'))
                    from factory_participation where company = :company order by since nulls first
                    """)
                .bind("company", company)
                .mapTo(String.class)
                .list());
  }

  private void join(UUID company) {
    run("insert into factory_participant values (?, ?)", factory, company);
  }

  private void leave(UUID company) {
    run("delete from factory_participant where company = ?", company);
  }

  /** As if all that is known had been written so many days earlier. */
  private void daysPass(int days) {
    run("update factory_participation set since = since - ?, until = until - ?", days, days);
  }

  @Test
  void whoTakesPartIsKeptFromTheDayOnWhichItBegan() {
    join(a);
    assertThat(participation(a)).containsExactly("0 open");

    daysPass(10);
    leave(a);
    assertThat(participation(a)).containsExactly("-10 0");

    daysPass(10);
    join(a);
    assertThat(participation(a)).containsExactly("-20 -10", "0 open");
  }

  @Test
  void whoLeavesAndComesBackOnOneDayHasNeverLeft() {
    join(a);
    daysPass(10);
    leave(a);
    join(a);
    assertThat(participation(a)).containsExactly("-10 open");
    leave(a);
    join(a);
    leave(a);
    assertThat(participation(a)).containsExactly("-10 0");
  }

  @Test
  void whoComesAndLeavesOnOneDayWasNeverThere() {
    join(a);
    leave(a);
    assertThat(participation(a)).isEmpty();
  }

  @Test
  void whatIsReplacedInOneTransactionGoesOn() {
    join(a);
    join(b);
    daysPass(10);
    jdbi.useTransaction(
        handle -> {
          handle.execute("delete from factory_participant where factory = ?", factory);
          handle.execute("insert into factory_participant values (?, ?)", factory, a);
          handle.execute("insert into factory_participant values (?, ?)", factory, c);
        });
    assertThat(participation(a)).containsExactly("-10 open");
    assertThat(participation(b)).containsExactly("-10 0");
    assertThat(participation(c)).containsExactly("0 open");
  }

  @Test
  void aRowThatIsGivenToAnotherEndsOneTermAndBeginsAnother() {
    join(a);
    daysPass(10);
    run("update factory_participant set company = ? where company = ?", b, a);
    assertThat(participation(a)).containsExactly("-10 0");
    assertThat(participation(b)).containsExactly("0 open");
    run("update factory_participant set company = company");
    assertThat(participation(b)).containsExactly("0 open");
  }

  @Test
  void whoIsRecordedWithItsFactoryMayHaveTakenPartLongBefore() {
    run("update factory_state set valid_from = directory_today()");
    join(a);
    join(b);
    assertThat(participation(a)).containsExactly("ever open");
    leave(b); // a mistake: nothing was known of it before
    assertThat(participation(b)).isEmpty();

    run("update factory_state set valid_from = directory_today() - 1");
    leave(a);
    assertThat(participation(a)).containsExactly("ever 0");
    join(a);
    assertThat(participation(a)).containsExactly("ever open");
  }

  @Test
  void aFactoryOrCompanyThatIsDeletedTakesItsHistoryWithIt() {
    UUID visitor = jdbi.inTransaction(handle -> Rows.company(handle, "visitor"));
    join(a);
    join(visitor);
    run("delete from company where id = ?", visitor);
    assertThat(participation(visitor)).isEmpty();
    run("delete from factory");
    assertThat(participation(a)).isEmpty();
  }

  private void term(UUID company, int since, String until) {
    run(
        "insert into factory_lead (factory, company, since, until) values (?, ?, directory_today() + ?, directory_today() + nullif(?, 'open')::int)",
        factory,
        company,
        since,
        until);
  }

  /** Status and leads of a day, such as {@code active a b}. */
  private String on(int day) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select concat_ws(' ', coalesce(factory_status_on(:factory, directory_today() + :day), 'absent'),
                      (select string_agg(c.slug, ' ' order by l.since, c.slug)
                       from factory_leads_on(:factory, directory_today() + :day) l join company c on c.id = l.company))
                    """)
                .bind("factory", factory)
                .bind("day", day)
                .mapTo(String.class)
                .one());
  }

  @Test
  void theSuccessorLeadsOnTheDayOfTheHandover() {
    term(a, -50, "-10");
    term(b, -40, "open");
    term(c, -10, "open");
    run("update factory set status = 'active'");
    run("update factory_state set valid_to = directory_today() - 40 where status = 'forming'");
    run("update factory_state set valid_from = directory_today() - 40 where status = 'active'");

    assertThat(on(-101)).isEqualTo("absent");
    assertThat(on(-100)).isEqualTo("forming");
    assertThat(on(-45)).isEqualTo("forming a");
    assertThat(on(-40)).isEqualTo("active a b");
    assertThat(on(-11)).isEqualTo("active a b");
    assertThat(on(-10)).isEqualTo("active b c");
    assertThat(on(0)).isEqualTo("active b c");
  }

  @Test
  void noFactoryWasActiveOnADayWithoutTwoLeads() {
    run("update factory set status = 'needs_lead'");
    term(a, -90, "-60");
    term(b, -80, "open");
    term(c, -20, "open");
    run("update factory set status = 'active'");
    run("delete from factory_state where valid_to is not null");
    run("update factory_state set valid_from = directory_today() - 10");

    assertThat(on(-91)).isEqualTo("absent");
    assertThat(on(-90)).isEqualTo("forming a");
    assertThat(on(-80)).isEqualTo("active a b");
    assertThat(on(-60)).isEqualTo("needs_lead b");
    assertThat(on(-20)).isEqualTo("active b c");
    assertThat(on(0)).isEqualTo("active b c");
  }

  @Test
  void whatSaysThreeFromBeforeThisRuleIsReadAsTheLatestTwo() {
    term(a, -90, "-10");
    term(b, -80, "open");
    run("alter table factory_lead disable trigger factory_lead_changed");
    term(c, -70, "open");
    run("alter table factory_lead enable always trigger factory_lead_changed");

    assertThat(on(-75)).isEqualTo("forming a b");
    assertThat(on(-30)).isEqualTo("forming b c");
    // Such a Factory can be changed all the same.
    run("update factory_lead set until = directory_today() where company = ?", b);
    assertThat(on(-30)).isEqualTo("forming b c");
    assertThat(on(0)).isEqualTo("forming c");
  }

  @Test
  void nobodyMakesThreeLeadsOfAPastDay() {
    term(a, -90, "-10");
    term(b, -80, "open");
    term(c, -10, "open");
    for (String wrong :
        List.of(
            "update factory_lead set since = since - 1 where company = '%s'".formatted(c),
            "update factory_lead set until = until + 1 where company = '%s'".formatted(a))) {
      assertThatThrownBy(() -> run(wrong))
          .rootCause()
          .hasMessageContaining("would have had three leads");
    }
    UUID d = jdbi.inTransaction(handle -> Rows.member(handle, "d"));
    assertThatThrownBy(() -> term(d, -100, "-70"))
        .rootCause()
        .hasMessageContaining("would have had three leads");
    term(d, -100, "-80"); // before the second one
    assertThat(on(-81)).isEqualTo("forming d a");
  }

  /** The Factory as if it had been recorded today, in one transaction. */
  private void recordedToday(String status, UUID... leads) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("delete from factory");
          factory = Rows.factory(handle, "f", "forming");
          for (UUID lead : leads) {
            Rows.lead(handle, factory, lead);
          }
          handle.execute("update factory set status = ?", status);
        });
  }

  @Test
  void whatTheFirstDayBringsLaterWasNotSoBefore() {
    recordedToday("active", a, b);
    assertThat(on(-300)).isEqualTo("active a b");

    run("update factory set status = 'closed'");
    assertThat(on(-300)).isEqualTo("active a b");
    assertThat(on(-1)).isEqualTo("active a b");
    assertThat(on(0)).isEqualTo("closed a b");

    run("update factory set status = 'active'");
    run("update factory set status = 'closed'");
    run("update factory_state set valid_from = valid_from - 10");
    assertThat(on(-11)).isEqualTo("active a b");
    assertThat(on(-10)).isEqualTo("closed a b");
  }

  @Test
  void whoIsRecordedAsClosedWasClosedBefore() {
    recordedToday("closed", a, b);
    run("update factory set status = 'active'");
    assertThat(on(-1)).isEqualTo("closed a b");
    assertThat(on(0)).isEqualTo("active a b");
  }

  @Test
  void neededNoLeadBeforeItsRecordsWhileItHadTwo() {
    recordedToday("active", a, b);
    run("update factory_lead set until = directory_today() where company = ?", b);
    assertThat(on(-1)).isEqualTo("active a b");
    assertThat(on(0)).isEqualTo("needs_lead a");

    recordedToday("needs_lead", a);
    term(b, -90, "-30");
    assertThat(on(-91)).isEqualTo("forming a");
    assertThat(on(-31)).isEqualTo("active a b");
    assertThat(on(-30)).isEqualTo("needs_lead a");
    assertThat(on(0)).isEqualTo("needs_lead a");
  }
}
