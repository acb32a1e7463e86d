package fr.digital113.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.database.DatabaseOutage;
import fr.digital113.directory.database.ForJobs;
import fr.digital113.directory.database.HungDatabase;
import fr.digital113.directory.index.IndexCheck;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL is stopped under reads, and comes back. */
@QuarkusTest
class DatabaseAwayTest {
  private static final List<String> READS =
      List.of(
          "v1",
          "v1/companies",
          "v1/companies?membership=any&sector=iot&sort=-name",
          "v1/companies/capteurs-d-oc",
          "v1/territories?level=epci",
          "v1/territories/31555",
          "v1/sectors",
          "v1/sectors/iot",
          "v1/factories",
          "v1/factories/objets-connectes",
          "v1/factories/objets-connectes/leads",
          "v1/factories/objets-connectes/initiatives",
          "v1/initiatives?facets=status&q=banc",
          "v1/initiatives/banc-d-essai-partage",
          "v1/cluster");

  private static final int READERS = 4;
  private static final long SECONDS_AWAY = 10;

  private final Fixture fixture;
  private final IndexCheck check;
  private final Jdbi jdbi;
  private final Jdbi ofJobs;

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI root;

  DatabaseAwayTest(Fixture fixture, IndexCheck check, Jdbi jdbi, @ForJobs Jdbi ofJobs) {
    this.fixture = fixture;
    this.check = check;
    this.jdbi = jdbi;
    this.ofJobs = ofJobs;
  }

  @Test
  void readsGoOnAndWritesWorkAgainWithoutARestart() throws Exception {
    fixture.load();
    assertTheTeamReads(); // for the first time: from here on its index is there
    Queue<String> failed = new ConcurrentLinkedQueue<>();
    AtomicInteger answered = new AtomicInteger();
    AtomicBoolean reading = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> read(reading, answered, failed)));
      }
      try (DatabaseOutage outage = DatabaseOutage.begin()) {
        assertThat(outage).isNotNull();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_AWAY);
        int before = answered.get();
        assertWritesAreRefused();
        assertThePastIsAway();
        Visitor.await(() -> database().equals("away"), 10);
        assertTheTeamReads();
        assertAnswersFromMemory();
        Visitor.await(() -> System.nanoTime() > end, 20);
        assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(answered.get() - before).isGreaterThan(READS.size() * READERS);
      }
      Visitor.await(() -> database().equals("up"), 10);
      assertThat(imported()).isEqualTo("done");
      reading.set(false);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      reading.set(false);
      threads.shutdownNow();
    }
    assertThat(failed).isEmpty();
    assertThat(given().get("/v1/companies/apres-la-panne").jsonPath().getString("name"))
        .isEqualTo("Après la panne");
    assertThat(check.compare().differences()).isEmpty();
  }

  /** Nothing here ends by itself while the server hangs: that it does not is what is tested. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobodyWaitsForAServerThatHangsButJobs() throws Exception {
    fixture.load();
    assertTheTeamReads();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<?> asked = threads.submit(() -> answer(jdbi, "select pg_sleep(60)"));
      Future<?> running = threads.submit(() -> answer(ofJobs, "select pg_sleep(20)"));
      Visitor.await(() -> sleeping() == 2, 10);
      Future<?> begun;
      try (HungDatabase hung = HungDatabase.begin()) {
        assertThat(hung).isNotNull();
        begun = threads.submit(() -> answer(ofJobs, "select 1"));
        assertWritesAreRefused();
        assertThePastIsAway();
        assertThatThrownBy(asked::get).hasCauseInstanceOf(JdbiException.class);
        Visitor.await(() -> database().equals("away"), 10);
        assertTheTeamReads();
        assertWritesAreRefused();
        assertThePastIsAway();
        assertThat(running).isNotDone();
        assertThat(begun).isNotDone();
      }
      assertThat(running.get()).isEqualTo(1);
      assertThat(begun.get()).isEqualTo(1);
      Visitor.await(() -> database().equals("up"), 10);
      assertThat(imported()).isEqualTo("done");
    } finally {
      threads.shutdownNow();
    }
    assertThat(check.compare().differences()).isEmpty();
  }

  private static int answer(Jdbi database, String sql) {
    return database.withHandle(handle -> handle.createQuery(sql).mapToMap().list().size());
  }

  private int sleeping() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'")
                .mapTo(Integer.class)
                .one());
  }

  private Void read(AtomicBoolean reading, AtomicInteger answered, Queue<String> failed)
      throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    while (reading.get()) {
      for (String path : READS) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
        answered.incrementAndGet();
        if (answer.statusCode() != 200) {
          failed.add(path + " " + answer.statusCode() + " " + answer.body());
        }
      }
    }
    return null;
  }

  private static void assertTheTeamReads() {
    assertThat(
            given()
                .header("X-API-Key", DatabaseResource.ADMIN_KEY)
                .get("/v1/companies?publication=draft")
                .statusCode())
        .isEqualTo(200);
  }

  private void assertAnswersFromMemory() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (String path : List.of("v1/companies?fields=name", "v1/sectors/iot?lang=en")) {
      HttpRequest request = HttpRequest.newBuilder(root.resolve(path)).build();
      String first = client.send(request, BodyHandlers.ofString()).body();
      HttpResponse<String> again = client.send(request, BodyHandlers.ofString());

      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first);
    }
  }

  /** As the database alone has what was. */
  private static void assertThePastIsAway() {
    for (String path :
        List.of("/v1/cluster?asOf=2019-06-01", "/v1/factories/objets-connectes?asOf=2024-01-01")) {
      Response away = given().get(path);
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.<String>path("type")).isEqualTo("/problems/database-unavailable");
    }
  }

  private static void assertWritesAreRefused() {
    Response refused = send();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.contentType()).startsWith("application/problem+json");
    assertThat(refused.header("Retry-After")).isEqualTo("5");
    assertThat(refused.jsonPath().getString("type")).endsWith("/problems/database-unavailable");
  }

  private static String database() {
    return given()
        .get("/q/health/ready")
        .jsonPath()
        .getString("checks.find { it.name == 'index' }.data.database");
  }

  private static String imported() throws Exception {
    Response sent = send();
    assertThat(sent.statusCode()).isEqualTo(202);
    String job = "/v1/imports/" + sent.jsonPath().getString("id");
    Visitor.await(() -> List.of("done", "failed").contains(status(job)), 30);
    return status(job);
  }

  private static String status(String job) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get(job)
        .jsonPath()
        .getString("status");
  }

  private static Response send() {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .multiPart("kind", "members")
        .multiPart(
            "file",
            "members.csv",
            "name,commune,sectors\nAprès la panne,31555,iot\n".getBytes(StandardCharsets.UTF_8))
        .post("/v1/imports");
  }
}
