package fr.digital113.directory.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An active Factory has exactly two leads of two member companies; the database holds it for every
 * writer.
 */
class FactoryLeadsTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private Jdbi jdbi;
  private UUID first;
  private UUID second;
  private UUID third;
  private UUID factory;

  @BeforeEach
  void anActiveFactory() {
    jdbi = database.jdbi();
    first = jdbi.inTransaction(handle -> Rows.member(handle, "first"));
    second = jdbi.inTransaction(handle -> Rows.member(handle, "second"));
    third = jdbi.inTransaction(handle -> Rows.member(handle, "third"));
    factory =
        jdbi.inTransaction(
            handle -> {
              UUID active = Rows.factory(handle, "f", "active");
              Rows.lead(handle, active, first);
              Rows.lead(handle, active, second);
              return active;
            });
  }

  @Test
  void itCannotBeActiveWithOneLead() {
    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> Rows.lead(handle, Rows.factory(handle, "g", "active"), third)))
        .rootCause()
        .hasMessageContaining("needs two leads from two member companies, it has 1");
  }

  @Test
  void aThirdLeadIsRefused() {
    assertThatThrownBy(() -> jdbi.useTransaction(handle -> Rows.lead(handle, factory, third)))
        .rootCause()
        .hasMessageContaining("has 3 leads, at most two are allowed");
  }

  @Test
  void oneCompanyCannotLeadTwice() {
    assertThatThrownBy(() -> jdbi.useTransaction(handle -> Rows.lead(handle, factory, first)))
        .hasMessageContaining("factory_lead");
  }

  @Test
  void aCompanyThatIsNoMemberCannotLead() {
    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      UUID forming = Rows.factory(handle, "g", "forming");
                      Rows.lead(handle, forming, Rows.company(handle, "stranger"));
                    }))
        .rootCause()
        .hasMessageContaining("is not a member: it cannot lead");
  }

  @Test
  void aLeadThatLeavesTheClusterEndsItsTermAndTheFactoryNeedsOne() {
    jdbi.useTransaction(
        handle ->
            handle.execute(
                "update membership set left_on = directory_today() where company = ?", first));
    assertThat(status()).isEqualTo("needs_lead");
    assertThat(leads()).isEqualTo(1);
  }

  @Test
  void aLeadThatIsReplacedInOneTransactionKeepsItActive() {
    jdbi.useTransaction(
        handle -> {
          end(handle, first);
          succeed(handle, third);
        });
    assertThat(status()).isEqualTo("active");
    assertThat(leads()).isEqualTo(2);
  }

  @Test
  void aLeadThatIsTakenAwayLeavesTheFactoryInNeed() {
    jdbi.useTransaction(handle -> end(handle, first));
    assertThat(status()).isEqualTo("needs_lead");
  }

  @Test
  void leavingWhileAnotherTransactionMakesItALeadIsNotMissed() throws Exception {
    try (Handle promoting = jdbi.open()) {
      promoting.begin();
      end(promoting, second);
      succeed(promoting, third);
      CompletableFuture<Void> leaving =
          CompletableFuture.runAsync(
              () ->
                  jdbi.useTransaction(
                      handle ->
                          handle.execute(
                              "update membership set left_on = directory_today() where company = ?",
                              third)));
      awaitBlocked();
      promoting.commit();
      leaving.get();
    }
    assertThat(status()).isEqualTo("needs_lead");
    assertThat(leads()).isEqualTo(1);
  }

  private void awaitBlocked() {
    String blocked = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
    while (jdbi.withHandle(handle -> handle.createQuery(blocked).mapTo(int.class).one()) == 0) {
      Thread.onSpinWait();
    }
  }

  private void end(Handle handle, UUID company) {
    handle.execute(
        "update factory_lead set until = directory_today() where factory = ? and company = ?",
        factory,
        company);
  }

  private void succeed(Handle handle, UUID company) {
    handle.execute(
        "insert into factory_lead (factory, company, since) values (?, ?, directory_today())",
        factory,
        company);
  }

  private String status() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select status from factory").mapTo(String.class).one());
  }

  private int leads() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from factory_lead where until is null")
                .mapTo(int.class)
                .one());
  }
}
