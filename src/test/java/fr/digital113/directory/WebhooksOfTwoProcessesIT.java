package fr.digital113.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import fr.digital113.directory.webhooks.TestReceiver;
import fr.digital113.directory.webhooks.TestReceiver.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What receivers are told by two programs on one database. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhooksOfTwoProcessesIT {
  private static final String KEY = "preset-admin-key-0123456789";
  private static final int PARTNERS = 3;
  private static final int OF_EACH = 2;

  /** Of each program: neither of them has enough for all webhooks at once. */
  private static final int THREADS = PARTNERS * OF_EACH / 2;

  private static final int EVENTS = 20;

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();
  private final List<TestReceiver> receivers = new ArrayList<>();

  @AfterEach
  void leaveNothingRunning() throws Exception {
    for (Program program : programs) {
      program.kill();
    }
    receivers.forEach(TestReceiver::close);
  }

  @Test
  void tellEachEventOnceBetweenThemAndAtLeastOnceInOrderWhenOneIsKilled() throws Exception {
    try (EmbeddedDatabase server = new EmbeddedDatabase(new DataFolder(folder.resolve("server")))) {
      Map<String, String> settings = server.start();
      Jdbi jdbi =
          Jdbi.create(
              requireNonNull(settings.get("quarkus.datasource.jdbc.url")),
              requireNonNull(settings.get("quarkus.datasource.username")),
              requireNonNull(settings.get("quarkus.datasource.password")));
      Program killed = started("killed", settings);
      started("other", settings);
      subscribe(new Visitor(killed, KEY));

      CountDownLatch bothTell = hold();
      write(jdbi, "a");
      Visitor.await(() -> receivers.stream().allMatch(each -> count(each) == 1), 14);
      bothTell.countDown();
      Visitor.await(() -> receivers.stream().allMatch(each -> count(each) >= EVENTS), 60);
      Visitor.await(() -> isAllTold(jdbi), 10);
      assertThat(receivers)
          .allSatisfy(each -> assertThat(each.subjects()).containsExactlyElementsOf(subjects("a")));

      CountDownLatch oneIsDead = hold();
      write(jdbi, "b");
      Visitor.await(() -> receivers.stream().allMatch(each -> count(each) == EVENTS + 1), 14);
      killed.kill();
      oneIsDead.countDown();
      Visitor.await(() -> isAllTold(jdbi), 120); // the leases of the dead have to end

      List<String> all = new ArrayList<>(subjects("a"));
      all.addAll(subjects("b"));
      assertThat(receivers)
          .allSatisfy(
              each -> {
                assertThat(each.messages()).allMatch(Message::verified);
                assertThat(withoutRepetitions(each)).containsExactlyElementsOf(all);
              });
      assertThat(receivers.stream().filter(each -> count(each) == 2 * EVENTS + 1))
          .as("those that the dead one was telling")
          .hasSize(THREADS);
      assertThat(receivers.stream().filter(each -> count(each) == 2 * EVENTS)).hasSize(THREADS);
    }
  }

  /** As receivers do: what has an id that was there already is dropped. */
  private static List<String> withoutRepetitions(TestReceiver receiver) {
    List<String> ids = new ArrayList<>();
    List<String> subjects = new ArrayList<>();
    for (Message each : receiver.messages()) {
      if (!ids.contains(each.header("webhook-id"))) {
        ids.add(each.header("webhook-id"));
        subjects.add(each.event().path("subject").asText());
      }
    }
    return subjects;
  }

  private static int count(TestReceiver receiver) {
    return receiver.messages().size();
  }

  private void subscribe(Visitor visitor) throws Exception {
    for (int partner = 0; partner < PARTNERS; partner++) {
      String name = "{\"name\": \"Partner %d\"}".formatted(partner);
      String id = visitor.create("/v1/partners", name).path("id").asText();
      for (int i = 0; i < OF_EACH; i++) {
        TestReceiver receiver = new TestReceiver();
        receivers.add(receiver);
        JsonNode webhook =
            visitor.create(
                "/v1/webhooks",
                "{\"partner\": \"%s\", \"url\": \"%s\", \"types\": [\"sector\"]}"
                    .formatted(id, receiver.url()));
        receiver.verifiesWith(webhook.path("secret").asText());
      }
    }
  }

  /** All receivers take what comes and do not answer before this is let go. */
  private CountDownLatch hold() {
    CountDownLatch latch = new CountDownLatch(1);
    receivers.forEach(
        each ->
            each.beforeAnswer(
                () -> {
                  try {
                    latch.await();
                  } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                  }
                }));
    return latch;
  }

  /** Things that change once, so that none is told in the state of a later change. */
  private static void write(Jdbi jdbi, String round) {
    for (String subject : subjects(round)) {
      jdbi.useTransaction(
          database ->
              database.execute(
                  "insert into sector (slug, label_fr, label_en) values (?, ?, ?)",
                  subject.substring("sector/".length()),
                  subject,
                  subject));
    }
  }

  private static List<String> subjects(String round) {
    return IntStream.range(0, EVENTS).mapToObj(i -> "sector/%s-%d".formatted(round, i)).toList();
  }

  private static boolean isAllTold(Jdbi jdbi) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    "select bool_and(lease is null and base = (select max(revision) from revision)) from webhook_progress")
                .mapTo(Boolean.class)
                .one());
  }

  private Program started(String name, Map<String, String> settings) throws Exception {
    Program program = new Program(folder);
    programs.add(program);
    settings.forEach(
        (setting, value) -> {
          if (setting.startsWith("quarkus.datasource.")) {
            program.with(setting.toUpperCase(Locale.ROOT).replace('.', '_'), value);
          }
        });
    return program
        .with("DIRECTORY_DATA_DIR", folder.resolve(name).toString())
        .with("DIRECTORY_DEMO", "false")
        .with("DIRECTORY_ADMIN_KEY", KEY)
        .with("DIRECTORY_WEBHOOKS_ALLOW_LOOPBACK", "true")
        .with("DIRECTORY_WEBHOOKS_THREADS", String.valueOf(THREADS))
        .start();
  }
}
