package fr.digital113.directory.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.sync.Sync;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.SettableClock;
import fr.digital113.directory.webhooks.TestReceiver.Message;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What receivers are told, and when. */
@QuarkusTest
class WebhookDeliveryTest {
  private static final String SECTORS = "\"types\": [\"sector\"]";

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject Sync sync;
  @Inject DirectoryIndex index;
  @Inject Progress progress;
  @Inject Webhooks webhooks;
  @Inject Delivering delivering;
  @Inject Deliveries log;
  @Inject WebhookSettings settings;

  private final SettableClock clock = new SettableClock();
  private Partner partner;
  private TestReceiver receiver;
  private Dispatcher dispatcher;

  @BeforeEach
  void prepare() {
    jdbi.useHandle(database -> database.execute("delete from webhook"));
    fixture.load();
    partner = Partner.make();
    receiver = new TestReceiver();
    dispatcher = dispatcher(clock);
    clock.pass(Duration.ofMinutes(1)); // what the database has from now is past
  }

  @AfterEach
  void close() {
    dispatcher.stop();
    receiver.close();
  }

  private Dispatcher dispatcher(InstantSource time) {
    return new Dispatcher(sync, index, progress, webhooks, delivering, log, settings, time);
  }

  private void label(String sector, String label) {
    // Sectors stay from test to test, and the same label again would be no change
    fixture.sql(
        "update sector set label_en = ? || ' ' || gen_random_uuid() where slug = ?", label, sector);
  }

  private long newestRevision() {
    try (Snapshot snapshot = index.acquire()) {
      return snapshot.appliedRevision();
    }
  }

  private JsonPath view(String id) {
    return partner.get(id).jsonPath();
  }

  private JsonPath deliveries(String id) {
    return partner.get(id + "/deliveries").jsonPath();
  }

  @Test
  void tellsAChangeAsACopyWouldBeToldItSignedAndAsACloudEvent() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "Things");
    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");

    assertThat(view(id).getInt("backlog")).isEqualTo(1);
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    Message message = receiver.messages().get(0);
    assertThat(message.verified()).isTrue();
    assertThat(message.header("content-type")).isEqualTo("application/cloudevents+json");
    JsonNode event = message.event();
    assertThat(event.path("id").asText()).isEqualTo(message.header("webhook-id"));
    assertThat(event.path("specversion").asText()).isEqualTo("1.0");
    assertThat(event.path("source").asText()).isEqualTo("/v1/webhooks/" + id);
    assertThat(event.path("type").asText()).isEqualTo("fr.digital113.directory.sector.changed");
    assertThat(event.path("subject").asText()).isEqualTo("sector/iot");
    assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(event.path("data").path("data").path("label").path("en").asText())
        .startsWith("Things ");
    assertThat(event.path("data").path("type").asText()).isEqualTo("sector");
    assertThat(event.path("data").has("at")).isFalse();
    assertThat(Instant.parse(event.path("time").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(view(id).getString("lastDeliveredAt")).isNotNull();
    assertThat(view(id).getInt("backlog")).isZero();
    assertThat(dispatcher.deliverDue()).isZero();
  }

  @Test
  void tellsWhatLeavesTheFilterAndNothingThatIsNotPublic() {
    String id = partner.webhook(receiver, "\"types\": [\"company\"], \"filter\": \"sector=iot\"");
    fixture.sql("update company set name = 'Encore Secret' where slug = 'projet-secret'");
    fixture.sql("update company set headcount = headcount + 1 where slug = 'capteurs-d-oc'");
    fixture.sql("update company set hiring = false where slug = 'pixels-mediterranee'");
    assertThat(dispatcher.deliverDue()).isZero();

    fixture.sql("update company set publication = 'archived' where slug = 'capteurs-d-oc'");
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    Message message = receiver.messages().get(0);
    assertThat(message.type()).isEqualTo("company.removed");
    assertThat(message.event().at("/data/removed/reason").asText()).isEqualTo("unpublished");
    assertThat(deliveries(id).getList("data")).hasSize(1);
  }

  @Test
  void tellsInTheOrderOfRevisionsAndWaitsForTheFormer() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    label("fintech", "B");
    label("cybersecurite", "C");
    receiver.answers(204, 503);

    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    assertThat(receiver.subjects()).containsExactly("sector/iot", "sector/fintech");
    assertThat(dispatcher.deliverDue()).isZero(); // it is not time yet
    clock.pass(Duration.ofSeconds(7));
    assertThat(dispatcher.deliverDue()).isEqualTo(2);
    assertThat(receiver.subjects())
        .containsExactly("sector/iot", "sector/fintech", "sector/fintech", "sector/cybersecurite");
    List<Message> all = receiver.messages();
    assertThat(all.get(1).header("webhook-id")).isEqualTo(all.get(2).header("webhook-id"));
    assertThat(all.get(1).body()).isEqualTo(all.get(2).body());
    JsonPath attempts = deliveries(id);
    assertThat(attempts.getList("data.attempt")).isEqualTo(List.of(1, 2, 1, 1));
    assertThat(attempts.getList("data.status")).isEqualTo(List.of(204, 204, 503, 204));
    assertThat(attempts.getList("data.error"))
        .isEqualTo(Arrays.asList(null, null, "refused", null));
    assertThat(attempts.getString("data[2].nextAttemptAt")).isNotNull();
  }

  @Test
  void doesNotWaitForAMomentThatWasWrittenByAClockThatWasADayAhead() {
    partner.webhook(receiver, SECTORS);
    label("iot", "A");
    clock.pass(Duration.ofDays(1));
    receiver.answers(503);
    assertThat(dispatcher.deliverDue()).isZero();
    assertThat(dispatcher.deliverDue()).isZero(); // it is not time yet
    clock.pass(Duration.ofDays(-1));

    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    assertThat(receiver.subjects()).containsExactly("sector/iot", "sector/iot");
  }

  @Test
  void triesAgainLaterAndLaterAndGivesUpAfterADay() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    int[] always = new int[100];
    Arrays.fill(always, 500);
    receiver.answers(always);
    Instant first = clock.instant();
    List<Long> pauses = new ArrayList<>();
    dispatcher.deliverDue();
    while (view(id).getString("state").equals("enabled")) {
      Instant next =
          OffsetDateTime.parse(deliveries(id).getString("data[0].nextAttemptAt")).toInstant();
      pauses.add(Duration.between(clock.instant(), next).toSeconds());
      clock.pass(Duration.between(clock.instant(), next).minusMillis(5));
      assertThat(dispatcher.deliverDue()).isZero();
      int before = receiver.messages().size();
      clock.pass(Duration.ofMillis(10));
      dispatcher.deliverDue();
      assertThat(receiver.messages()).hasSize(before + 1);
    }

    assertThat(pauses.get(0)).isBetween(3L, 6L);
    assertThat(pauses.get(1)).isBetween(240L, 360L);
    assertThat(pauses.get(2)).isBetween(1_440L, 2_160L);
    assertThat(pauses.get(3)).isBetween(5_760L, 8_640L);
    assertThat(pauses.get(4)).isBetween(14_400L, 21_600L);
    assertThat(Duration.between(first, clock.instant()))
        .isBetween(Duration.ofHours(24), Duration.ofHours(24).plusMinutes(1));
    assertThat(view(id).getString("reason")).isEqualTo("failing");
    assertThat(OffsetDateTime.parse(view(id).getString("failingSince")).toInstant())
        .isBetween(first.minusSeconds(1), first.plusSeconds(1));
    String actor =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        "select r.actor from audit_image a join revision r using (revision) where a.id = ? order by revision desc limit 1")
                    .bind(0, id)
                    .mapTo(String.class)
                    .one());
    assertThat(actor).isEqualTo("webhook delivery");

    int tries = receiver.messages().size();
    clock.pass(Duration.ofDays(2));
    assertThat(dispatcher.deliverDue()).isZero();
    assertThat(receiver.messages()).hasSize(tries);
    label("fintech", "B");
    receiver.answers();
    assertThat(partner.patch(id, "{\"enabled\": true}").<String>path("state")).isEqualTo("enabled");
    assertThat(view(id).getString("failingSince")).isNull();
    assertThat(dispatcher.deliverDue()).isEqualTo(2); // goes on where it stood
    assertThat(receiver.subjects().subList(tries, tries + 2))
        .containsExactly("sector/iot", "sector/fintech");
  }

  @Test
  void endsAtOnceWhenTheReceiverIsGone() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    receiver.answers(410);
    dispatcher.deliverDue();

    assertThat(view(id).getString("state")).isEqualTo("disabled");
    assertThat(view(id).getString("reason")).isEqualTo("gone");
    assertThat(deliveries(id).getString("data[0].error")).isEqualTo("gone");
  }

  @Test
  void followsNoRedirect() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    receiver.answers(307, 302);
    dispatcher.deliverDue();

    assertThat(receiver.messages()).hasSize(1);
    assertThat(deliveries(id).getString("data[0].error")).isEqualTo("redirected");
    assertThat(view(id).getString("failingSince")).isNotNull();
  }

  @Test
  void looksAtTheAddressAgainAtEachDelivery() {
    TestHostNames.set("moving.example.org", "127.0.0.1");
    Response made =
        partner.post(
            "/v1/webhooks",
            "{\"url\": \"http://moving.example.org:%d/\", %s}".formatted(receiver.port(), SECTORS));
    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    receiver.verifiesWith(made.path("secret"));
    label("iot", "A");
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    assertThat(receiver.messages().get(0).header("host"))
        .isEqualTo("moving.example.org:" + receiver.port());

    TestHostNames.set("moving.example.org", "10.0.0.1");
    label("iot", "B");
    assertThat(dispatcher.deliverDue()).isZero();
    assertThat(deliveries(made.path("id")).getString("data[0].error")).isEqualTo("address_refused");
    assertThat(receiver.messages()).hasSize(1);
  }

  @Test
  void tellsOnceAmongTwoDispatchers() throws Exception {
    partner.webhook(receiver, SECTORS);
    try (TestReceiver second = new TestReceiver()) {
      partner.webhook(second, SECTORS);
      for (String sector : List.of("iot", "fintech", "cybersecurite")) {
        label(sector, "New");
      }
      Dispatcher other = dispatcher(clock);
      CountDownLatch start = new CountDownLatch(1);
      List<CompletableFuture<Integer>> both = new ArrayList<>();
      for (Dispatcher each : List.of(dispatcher, other)) {
        both.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    start.await();
                  } catch (InterruptedException impossible) {
                    throw new IllegalStateException(impossible);
                  }
                  return each.deliverDue();
                }));
      }
      start.countDown();
      int told = 0;
      for (CompletableFuture<Integer> each : both) {
        told += each.get(60, TimeUnit.SECONDS);
      }
      other.stop();

      assertThat(told).isEqualTo(6);
      assertThat(receiver.subjects())
          .containsExactly("sector/iot", "sector/fintech", "sector/cybersecurite");
      assertThat(second.subjects()).isEqualTo(receiver.subjects());
    }
  }

  @Test
  void goesOnInAnotherProcessWhenOneDies() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    Claim abandoned = dispatcher.claim(List.of()).orElseThrow(); // whose process is killed now
    Dispatcher other = dispatcher(clock);
    assertThat(other.deliverDue()).isZero();
    clock.pass(Progress.LEASE.plusSeconds(1));

    assertThat(other.deliverDue()).isEqualTo(1);
    assertThat(progress.told(abandoned, abandoned.position(), clock.instant())).isFalse();
    assertThat(view(id).getInt("backlog")).isZero();
    other.stop();
  }

  @Test
  void stopsAtOnceWhenItsOwnerChangesItWhileItIsTold() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    label("fintech", "B");
    receiver.beforeAnswer(
        () -> assertThat(partner.patch(id, "{\"enabled\": false}").statusCode()).isEqualTo(200));

    dispatcher.deliverDue();
    assertThat(receiver.subjects()).containsExactly("sector/iot");
    assertThat(view(id).getString("reason")).isEqualTo("paused");
  }

  @Test
  void tellsAgainFromARevisionOrAMomentWithTheSameIds() {
    String id = partner.webhook(receiver, SECTORS);
    String before = OffsetDateTime.now(ZoneOffset.UTC).toString();
    label("iot", "A");
    label("fintech", "B");
    assertThat(dispatcher.deliverDue()).isEqualTo(2);
    long second = receiver.messages().get(1).event().at("/data/revision").asLong();

    Response replay =
        partner.post("/v1/webhooks/" + id + "/replay", "{\"fromRevision\": %d}".formatted(second));
    assertThat(replay.statusCode()).as(replay.asString()).isEqualTo(202);
    assertThat(replay.<Integer>path("backlog")).isEqualTo(1);
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    partner.post("/v1/webhooks/" + id + "/replay", "{\"since\": \"%s\"}".formatted(before));
    assertThat(dispatcher.deliverDue()).isEqualTo(2);

    List<String> ids = receiver.messages().stream().map(each -> each.header("webhook-id")).toList();
    assertThat(ids).containsExactly(ids.get(0), ids.get(1), ids.get(1), ids.get(0), ids.get(1));
    assertThat(ids.get(0)).isNotEqualTo(ids.get(1));
  }

  @Test
  void refusesAReplayThatTheLogDoesNotReach() {
    String id = partner.webhook(receiver, SECTORS);
    jdbi.useHandle(
        database ->
            database.execute(
                "update log_horizon set public = (select max(revision) from revision)"));
    try {
      Response refused = partner.post("/v1/webhooks/" + id + "/replay", "{\"fromRevision\": 1}");
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.<List<String>>path("errors.code")).isEqualTo(List.of("too_old"));
    } finally {
      jdbi.useHandle(database -> database.execute("update log_horizon set public = 0"));
    }
  }

  @Test
  void tellsToBeginANewCopyWhenTheWayIsLost() {
    String id = partner.webhook(receiver, "\"types\": [\"company\"], \"filter\": \"q=capteurs\"");
    receiver.answers(500);
    label("fintech", "Another name"); // a text that the filter looks into
    dispatcher.deliverDue();
    clock.pass(Duration.ofSeconds(7));
    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");
    dispatcher.deliverDue();

    List<Message> all = receiver.messages();
    assertThat(all)
        .extracting(Message::type)
        .containsExactly("restart", "restart", "company.changed");
    assertThat(all.get(0).header("webhook-id")).isEqualTo(all.get(1).header("webhook-id"));
    assertThat(all.get(1).event().at("/data/start").asText())
        .isEqualTo("/v1/changes?q=capteurs&types=company");
    assertThat(view(id).getInt("backlog")).isZero();
  }

  @Test
  void tellsToBeginANewCopyThoughAReplayBeginsLater() {
    String id = partner.webhook(receiver, "\"types\": [\"company\"], \"filter\": \"q=capteurs\"");
    receiver.answers(500);
    label("fintech", "Another name"); // a text that the filter looks into
    dispatcher.deliverDue();
    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");

    Response replay =
        partner.post(
            "/v1/webhooks/" + id + "/replay", "{\"fromRevision\": %d}".formatted(newestRevision()));
    assertThat(replay.statusCode()).as(replay.asString()).isEqualTo(202);
    dispatcher.deliverDue();

    assertThat(receiver.messages())
        .extracting(Message::type)
        .containsExactly("restart", "restart", "company.changed");
  }

  @Test
  void tellsToBeginANewCopyWhenTheDatabaseWasRestored() {
    partner.webhook(receiver, SECTORS);
    jdbi.useHandle(
        database ->
            database.execute(
                "update webhook_progress set epoch = 'an epoch before', base = 900000, place_revision = 900000"));
    dispatcher.deliverDue();
    label("iot", "A");
    dispatcher.deliverDue();

    assertThat(receiver.messages())
        .extracting(Message::type)
        .containsExactly("restart", "sector.changed");
  }

  @Test
  void tellsToBeginANewCopyWhenItsOwnerChangesTheFilter() {
    String id = partner.webhook(receiver, SECTORS);
    label("iot", "A");
    assertThat(
            partner
                .patch(id, "{\"types\": [\"company\", \"sector\"], \"filter\": \"hiring=true\"}")
                .<String>path("filter"))
        .isEqualTo("hiring=true");
    dispatcher.deliverDue();
    label("fintech", "B");
    dispatcher.deliverDue();

    assertThat(receiver.messages())
        .extracting(Message::type)
        .containsExactly("restart", "sector.changed");
    assertThat(receiver.subjects().get(1)).isEqualTo("sector/fintech");
  }

  @Test
  void endsWhenItsFilterNamesWhatIsThereNoMore() {
    fixture.sql("insert into sector (slug, label_fr, label_en) values ('passager', 'P', 'P')");
    String id =
        partner.webhook(receiver, "\"types\": [\"company\"], \"filter\": \"sector=passager\"");
    fixture.sql("delete from sector where slug = 'passager'");
    dispatcher.deliverDue();

    assertThat(view(id).getString("reason")).isEqualTo("invalid_filter");
    assertThat(receiver.messages()).isEmpty();
  }

  @Test
  void signsWithBothSecretsForAWhile() {
    String id = partner.webhook(receiver, SECTORS);
    Response rotated = partner.post("/v1/webhooks/" + id + "/rotate-secret", "");
    assertThat(rotated.statusCode()).as(rotated.asString()).isEqualTo(200);
    assertThat(OffsetDateTime.parse(rotated.<String>path("formerSecretUntil")).toInstant())
        .isBetween(
            Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    label("iot", "A");
    assertThat(dispatcher.deliverDue()).isEqualTo(1); // the receiver has the old one still
    receiver.verifiesWith(rotated.path("secret"));
    label("iot", "B");
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    assertThat(receiver.messages())
        .allSatisfy(each -> assertThat(each.header("webhook-signature").split(" ")).hasSize(2))
        .allMatch(Message::verified);

    clock.pass(Duration.ofHours(25));
    label("iot", "C");
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
    assertThat(receiver.messages().get(2).header("webhook-signature").split(" ")).hasSize(1);
    Response atOnce =
        partner.post("/v1/webhooks/" + id + "/rotate-secret", "{\"overlapHours\": 0}");
    assertThat(atOnce.<String>path("formerSecretUntil")).isNull();
    label("iot", "D");
    assertThat(dispatcher.deliverDue()).isZero(); // refused: it does not know the newest
    receiver.verifiesWith(atOnce.path("secret"));
    clock.pass(Duration.ofSeconds(7));
    assertThat(dispatcher.deliverDue()).isEqualTo(1);
  }

  @Test
  void triesAReceiverWhenItIsAsked() {
    String id = partner.webhook(receiver, SECTORS);
    JsonPath told = partner.request().post("/v1/webhooks/" + id + "/ping").jsonPath();
    assertThat(told.getInt("status")).isEqualTo(204);
    assertThat(told.getString("error")).isNull();
    Message ping = receiver.messages().get(0);
    assertThat(ping.verified()).isTrue();
    assertThat(ping.type()).isEqualTo("ping");
    assertThat(ping.event().at("/data/webhook").asText()).isEqualTo(id);

    receiver.answers(500);
    assertThat(partner.request().post("/v1/webhooks/" + id + "/ping").jsonPath().getString("error"))
        .isEqualTo("refused");
    assertThat(view(id).getString("failingSince")).isNull();
    assertThat(deliveries(id).getList("data.status")).isEqualTo(List.of(500, 204));
  }

  @Test
  void keepsABoundedLogThatIsReadInPages() {
    String id = partner.webhook(receiver, SECTORS);
    jdbi.useHandle(
        database ->
            database.execute(
                """
                insert into webhook_delivery (webhook, event, type, attempt, at, duration)
                select ?::uuid, 'msg_' || i, 'x', 1, now(), 1 from generate_series(1, 1200) i
                """,
                id));
    partner.request().post("/v1/webhooks/" + id + "/ping");

    JsonPath first = deliveries(id);
    assertThat(first.getInt("page.total")).isEqualTo(1_000);
    assertThat(first.getString("data[1].event")).isEqualTo("msg_1200");
    JsonPath second = partner.request().get(first.getString("page.next")).jsonPath();
    assertThat(second.getString("data[0].event")).isEqualTo("msg_1181");
  }

  @Test
  void isToldSoonAfterAChangeAndNotHeldUpByASlowReceiver() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (TestReceiver waiting = new TestReceiver()) {
      waiting.beforeAnswer(
          () -> {
            try {
              slow.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
              Thread.currentThread().interrupt();
            }
          });
      Partner other = Partner.make();
      for (int i = 0; i < 4; i++) {
        other.webhook(waiting, SECTORS);
      }
      partner.webhook(receiver, SECTORS);
      Dispatcher live = dispatcher(InstantSource.system());
      live.start();
      label("iot", "A");
      assertThat(receiver.next().type()).isEqualTo("sector.changed");
      label("iot", "B");
      assertThat(receiver.next().type()).isEqualTo("sector.changed");
      assertThat(waiting.messages()).hasSizeLessThanOrEqualTo(2); // its share of the threads
      slow.countDown();
      live.stop();
    }
  }
}
