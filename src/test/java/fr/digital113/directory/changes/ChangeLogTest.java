package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database itself promises about revisions, whoever writes. */
class ChangeLogTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private Jdbi jdbi;

  /** One line of the log: a type, and whether the entry is a removal. */
  private record Entry(String type, boolean removed) {}

  @BeforeEach
  void connect() {
    jdbi = database.jdbi();
  }

  @Test
  void eachTransactionThatChangesSomethingTakesTheNextRevision() {
    long before = revision();
    write(handle -> Rows.company(handle, "a"));
    assertThat(revision()).isEqualTo(before + 1);
    write(handle -> handle.execute("update company set hiring = true"));
    assertThat(revision()).isEqualTo(before + 2);
  }

  @Test
  void aTransactionWithoutNetChangeTakesNoRevision() {
    write(handle -> Rows.company(handle, "a"));
    long before = revision();
    write(handle -> handle.execute("update company set name = name"));
    write(
        handle -> {
          handle.execute("update company set hiring = true");
          handle.execute("update company set hiring = false");
        });
    write(
        handle -> {
          UUID gone = Rows.company(handle, "gone");
          handle.execute("delete from company where id = ?", gone);
        });
    assertThat(revision()).isEqualTo(before);
    assertThat(leftovers()).isZero();
  }

  @Test
  void aHeadcountMovesNothingPublic() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    write(handle -> handle.execute("update company set headcount = 1"));
    long published = publicRevision();
    long before = revision();
    write(handle -> handle.execute("update company set headcount = 2"));
    assertThat(revision()).isEqualTo(before + 1);
    assertThat(publicRevision()).isEqualTo(published);
    assertThat(entries(id, before + 1)).isEmpty();
  }

  @Test
  void aDraftHasNoPublicEntryUntilItIsPublishedAndARemovalWhenItLeaves() {
    UUID id =
        inTransaction(
            handle -> {
              UUID draft = Rows.company(handle, "a");
              handle.execute("update company set publication = 'draft' where id = ?", draft);
              return draft;
            });
    assertThat(entries(id, revision())).isEmpty();
    write(handle -> handle.execute("update company set publication = 'published'"));
    assertThat(entries(id, revision())).containsExactly(new Entry("company", false));
    write(handle -> handle.execute("update company set publication = 'archived'"));
    assertThat(entries(id, revision())).containsExactly(new Entry("company", true));
  }

  @Test
  void aDeletedCompanyIsARemoval() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    write(handle -> handle.execute("delete from company where id = ?", id));
    assertThat(entries(id, revision())).containsExactly(new Entry("company", true));
  }

  @Test
  void aLinkMovesTheItemsThatShowIt() {
    UUID company = inTransaction(handle -> Rows.member(handle, "a"));
    UUID factory = inTransaction(handle -> Rows.factory(handle, "f", "forming"));
    write(handle -> Rows.lead(handle, factory, company));
    assertThat(entries(company, revision())).containsExactly(new Entry("company", false));
    assertThat(entries(factory, revision())).containsExactly(new Entry("factory", false));
  }

  @Test
  void whatASavepointTakesBackIsNotLogged() {
    UUID kept = inTransaction(handle -> Rows.company(handle, "kept"));
    long before = revision();
    write(
        handle -> {
          handle.savepoint("here");
          handle.execute("update company set hiring = true");
          handle.rollbackToSavepoint("here");
        });
    assertThat(revision()).isEqualTo(before);
    write(
        handle -> {
          handle.savepoint("here");
          handle.execute("update company set hiring = true");
          handle.rollbackToSavepoint("here");
          handle.execute("update company set phone = '+33536490000'");
        });
    assertThat(document(kept)).contains("+33536490000").contains("\"hiring\": false");
  }

  @Test
  void constraintsMadeImmediateMergeIntoOneRevision() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    long before = revision();
    write(
        handle -> {
          handle.execute("update company set hiring = true");
          handle.execute("set constraints all immediate");
          handle.execute("set constraints all deferred");
          handle.execute("update company set phone = '+33536490000'");
        });
    assertThat(revision()).isEqualTo(before + 1);
    assertThat(document(id)).contains("+33536490000").contains("\"hiring\": true");
  }

  @Test
  void truncateIsRefusedBecauseItLeavesNoRowsToLog() {
    assertThatThrownBy(() -> write(handle -> handle.execute("truncate company cascade")))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasMessageContaining("TRUNCATE of company would go round the change log");
  }

  @Test
  void anActorIsBelievedInItsOwnTransactionOnly() {
    jdbi.useHandle(
        handle -> {
          handle.useTransaction(
              tx -> {
                tx.execute("select act_as('Alice of the team')");
                Rows.company(tx, "a");
              });
          assertThat(actor(handle)).isEqualTo("Alice of the team");
          handle.execute("set directory.actor = '1 mallory'");
          handle.useTransaction(tx -> tx.execute("update company set hiring = true"));
          assertThat(actor(handle)).isEqualTo("database:postgres");
        });
  }

  @Test
  void theDatedHistoryFollowsEveryWriter() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    write(handle -> handle.execute("update company_state set valid_from = '2020-01-01'"));
    write(handle -> handle.execute("update company set headcount = 4"));
    List<String> states =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select concat_ws(' ', valid_to = directory_today(), size_class, headcount, sectors)"
                            + " from company_state where company = ? order by valid_from")
                    .bind(0, id)
                    .mapTo(String.class)
                    .list());
    assertThat(states).containsExactly("t NN {iot}", "02 4 {iot}");
  }

  @Test
  void whatChangesOnTheFirstRecordedDayIsNotTrueOfTheDaysBefore() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    write(handle -> handle.execute("update company set headcount = 4"));
    write(handle -> handle.execute("update company set headcount = 5"));
    assertThat(states(id)).containsExactly("-1 0 t NN {iot}", "0 f 02 5 {iot}");
  }

  @Test
  void theFirstStateIsTheOneAtTheEndOfItsTransaction() {
    UUID id =
        inTransaction(
            handle -> {
              UUID company = Rows.company(handle, "a");
              handle.execute("set constraints all immediate");
              handle.execute("set constraints all deferred");
              handle.execute("update company set headcount = 4");
              return company;
            });
    assertThat(states(id)).containsExactly("0 t 02 4 {iot}");
  }

  /** From and to in days after today, and what the state is. */
  private List<String> states(UUID company) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select concat_ws(' ', valid_from - directory_today(), valid_to - directory_today(), first,"
                        + " size_class, headcount, sectors) from company_state where company = ? order by valid_from")
                .bind(0, company)
                .mapTo(String.class)
                .list());
  }

  @Test
  void noRequiredTriggerIsDisabledAtFirst() {
    assertThat(disabled()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "company, log_insert",
    "company, log_update",
    "company, log_delete",
    "cluster, log_truncate",
    "company, company_size_class",
    "factory, factory_changed",
    "factory_lead, factory_lead_changed",
    "membership, membership_changed",
    "pending_transaction, take_revision",
    "erasure_transaction, erase_history"
  })
  void aTriggerThatIsDisabledOrOnlyForTheOriginOrGoneIsFound(String table, String trigger) {
    for (String change :
        List.of(
            "alter table %s disable trigger %s",
            "alter table %s enable trigger %s", "alter table %s enable replica trigger %s")) {
      jdbi.useHandle(handle -> handle.execute(change.formatted(table, trigger)));
      assertThat(disabled()).containsExactly(table + "." + trigger);
    }
    jdbi.useHandle(
        handle ->
            handle.execute("alter table %s enable always trigger %s".formatted(table, trigger)));
    assertThat(disabled()).isEmpty();
    jdbi.useHandle(handle -> handle.execute("drop trigger %s on %s".formatted(trigger, table)));
    assertThat(disabled()).containsExactly(table + "." + trigger);
  }

  @Test
  void reconcileLogsWhatWentRoundTheTriggers() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    jdbi.useHandle(
        handle -> {
          handle.execute("alter table company disable trigger log_update");
          handle.execute("update company set phone = '+33536490000'");
          handle.execute("alter table company enable always trigger log_update");
        });
    assertThat(document(id)).doesNotContain("+33536490000");
    write(handle -> handle.execute("call reconcile()"));
    assertThat(document(id)).contains("+33536490000");
  }

  @Test
  void aMembershipThatBeginsWithTheDayIsLoggedThatDay() {
    UUID id = inTransaction(handle -> Rows.company(handle, "a"));
    write(handle -> handle.execute("call apply_due_memberships()"));
    write(
        handle ->
            handle.execute(
                "insert into membership (company, joined_on, origin)"
                    + " values (?, directory_today() + 1, 'digital113')",
                id));
    assertThat(document(id)).contains("\"status\": \"none\"");
    // A day passes: all that the log goes by moves one day back.
    jdbi.useHandle(
        handle -> {
          handle.execute("alter table membership disable trigger log_update");
          handle.execute("update membership set joined_on = joined_on - 1");
          handle.execute("alter table membership enable always trigger log_update");
          handle.execute("update membership_day set applied = applied - 1");
        });
    write(handle -> handle.execute("call apply_due_memberships()"));
    assertThat(document(id)).contains("\"status\": \"member\"");
  }

  private <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(work);
  }

  private void write(HandleConsumer<RuntimeException> work) {
    jdbi.useTransaction(work);
  }

  private long revision() {
    return number("select coalesce(max(revision), 0) from revision");
  }

  private long publicRevision() {
    return number("select coalesce(max(revision), 0) from revision where public");
  }

  private long leftovers() {
    return number(
        "select (select count(*) from touched) + (select count(*) from pending_transaction)");
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private List<Entry> entries(UUID id, long revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select type, document is null as removed from public_change"
                        + " where id = ? and revision = ?")
                .bind(0, id.toString())
                .bind(1, revision)
                .map((row, context) -> new Entry(row.getString("type"), row.getBoolean("removed")))
                .list());
  }

  private String document(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select document::text from public_change where id = ? order by revision desc"
                        + " limit 1")
                .bind(0, id.toString())
                .mapTo(String.class)
                .one());
  }

  private static String actor(Handle handle) {
    return handle
        .createQuery("select actor from revision order by revision desc limit 1")
        .mapTo(String.class)
        .one();
  }

  private List<String> disabled() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select name from disabled_trigger").mapTo(String.class).list());
  }
}
