package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyTest {
  private static final String DRAFT =
      "{\"name\": \"Une seule\", \"commune\": \"31555\", \"sectors\": [\"iot\"]}";

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject IdempotencyKeys keys;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private Response post(String key, String body) {
    return team.request().header("Idempotency-Key", key).body(body).post("/v1/companies");
  }

  private long companies() {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select count(*) from company where name like 'Une seule%'")
                .mapTo(Long.class)
                .one());
  }

  @Test
  void aHundredEqualRequestsAtOnceMakeOneCompany() throws Exception {
    String key = UUID.randomUUID().toString();
    ExecutorService callers = Executors.newFixedThreadPool(100);
    try {
      Callable<Response> call = () -> post(key, DRAFT);
      Set<String> answers = new HashSet<>();
      for (Future<Response> each : callers.invokeAll(Collections.nCopies(100, call))) {
        Response answer = each.get();
        answers.add(answer.statusCode() + " " + answer.path("id"));
      }
      assertThat(answers).hasSize(1).allMatch(each -> each.startsWith("201 "));
    } finally {
      callers.shutdown();
    }
    assertThat(companies()).isEqualTo(1);
  }

  @Test
  void aRepetitionShowsTheCompanyAsItIsNow() {
    String key = UUID.randomUUID().toString();
    String id = post(key, DRAFT).path("id");
    team.patch(id, "{\"name\": \"Une seule fois\"}");

    post(key, DRAFT)
        .then()
        .statusCode(201)
        .body("id", equalTo(id))
        .body("name", equalTo("Une seule fois"));
  }

  @Test
  void anotherBodyWithTheKeyIsRefused() {
    String key = UUID.randomUUID().toString();
    post(key, DRAFT);

    post(key, DRAFT.replace("iot", "fintech"))
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/idempotency-key-reused"));
  }

  @Test
  void aRequestThatFailedLeavesItsKeyFree() {
    String key = UUID.randomUUID().toString();
    post(key, "{}").then().statusCode(422);

    post(key, DRAFT).then().statusCode(201);
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    String key = UUID.randomUUID().toString();
    post(key, DRAFT);
    fixture.sql("update idempotency_key set created_at = now() - interval '25 hours'");

    post(key, DRAFT).then().statusCode(201).body("slug", equalTo("une-seule-2"));

    fixture.sql("update idempotency_key set created_at = now() - interval '25 hours'");
    keys.keepUp();
    long kept =
        jdbi.withHandle(
            database ->
                database
                    .createQuery("select count(*) from idempotency_key")
                    .mapTo(Long.class)
                    .one());
    assertThat(kept).isZero();
  }

  @Test
  void aKeyIsVisibleAsciiOfSomeLength() {
    for (String key : List.of("a".repeat(256), "with space")) {
      post(key, DRAFT)
          .then()
          .statusCode(400)
          .body("errors[0].parameter", equalTo("Idempotency-Key"));
    }
  }
}
