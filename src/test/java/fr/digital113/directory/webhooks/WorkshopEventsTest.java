package fr.digital113.directory.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers are told of events and workshops what everybody sees, and of the rest nothing. */
@QuarkusTest
class WorkshopEventsTest {
  private static final String WORKSHOP = "/v1/workshops/0190a000-0000-7000-8000-0000000000b5";

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject Sync sync;
  @Inject DirectoryIndex index;
  @Inject Progress progress;
  @Inject Webhooks webhooks;
  @Inject Delivering delivering;
  @Inject Deliveries log;
  @Inject WebhookSettings settings;

  private TestReceiver receiver;
  private Dispatcher dispatcher;

  @BeforeEach
  void prepare() {
    jdbi.useHandle(database -> database.execute("delete from webhook"));
    fixture.load();
    SettableClock clock = new SettableClock();
    receiver = new TestReceiver();
    dispatcher = new Dispatcher(sync, index, progress, webhooks, delivering, log, settings, clock);
    clock.pass(Duration.ofMinutes(1)); // what the database has from now is past
  }

  @AfterEach
  void close() {
    dispatcher.stop();
    receiver.close();
  }

  @Test
  void nothingIsToldOfWhatIsSaidOrNotPublished() {
    Partner partner = Partner.make();
    String id = partner.webhook(receiver, "\"types\": [\"workshop\", \"event\"]");
    Editor.memberOf("0190a000-0000-7000-8000-000000000004")
        .request()
        .header("If-Match", "*")
        .body(
            "{\"viability\": 1, \"durability\": 1, \"conclusion\": {\"viability\": \"Pangolin\", \"durability\": \"Pangolin\"}}")
        .put(WORKSHOP + "/assessments/capteurs-d-oc")
        .then()
        .statusCode(201);
    fixture.sql("update workshop_presenter set subject = 'Pangolin'");
    fixture.sql("update event set title_fr = 'Pangolin' where publication = 'draft'");

    assertThat(partner.get(id).jsonPath().getInt("backlog")).isZero();
    assertThat(dispatcher.deliverDue()).isZero();

    fixture.sql("update workshop set subject_en = 'Abroad' where subject_en = 'Selling abroad'");
    fixture.sql("update event set status = 'cancelled' where slug = 'soiree-de-lancement'");
    while (dispatcher.deliverDue() > 0) {
      assertThat(receiver.messages()).hasSizeLessThan(3);
    }

    assertThat(receiver.messages())
        .extracting(message -> message.event().path("type").asText())
        .containsExactly(
            "fr.digital113.directory.workshop.changed", "fr.digital113.directory.event.changed");
    assertThat(receiver.messages().get(0).body())
        .contains("\"participants\":3", "Abroad")
        .doesNotContain("Pangolin", "presenters", "assessments", "capteurs");
  }
}
