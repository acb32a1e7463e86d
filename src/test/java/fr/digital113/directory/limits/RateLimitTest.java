package fr.digital113.directory.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.Reached;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests one client may send; each test is another client, named by the proxy. */
@QuarkusTest
@TestProfile(Profiles.BehindAProxy.class)
class RateLimitTest {
  private static final String POLICY = "\"default\";q=20;w=60";
  private static final AtomicInteger CLIENTS = new AtomicInteger();

  private final String client = "203.0.113." + CLIENTS.incrementAndGet();

  @Test
  void saysWhatIsAllowedAndWhatIsLeftDividedByTheProcesses() {
    Response first = from(client).get("/v1");
    Response second = from(client).get("/v1/companies");

    assertThat(first.header("RateLimit-Policy")).isEqualTo(POLICY);
    assertThat(first.header("RateLimit")).isEqualTo("\"default\";r=19;t=3");
    assertThat(second.header("RateLimit")).isEqualTo("\"default\";r=18;t=3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/nothing", "/v1/companies?x=1", "/v1/imports", "/v1/companies?limit=x", "/v2"})
  void saysSoInErrorsToo(String path) {
    Response answer = from("203.0.113.100").urlEncodingEnabled(false).get(path);

    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(answer.header("RateLimit-Policy")).isEqualTo(POLICY);
    assertThat(answer.header("RateLimit")).matches("\"default\";r=\\d+;t=3");
  }

  @Test
  void saysSoIn304AndForHead() {
    Response whole = from(client).get("/v1");
    Response known = from(client).header("If-None-Match", whole.header("ETag")).get("/v1");
    Response head = from(client).head("/v1");

    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.header("RateLimit")).isEqualTo("\"default\";r=18;t=3");
    assertThat(head.header("RateLimit")).isEqualTo("\"default\";r=17;t=3");
  }

  @Test
  void countsWhatIsAnsweredFromMemoryLikeAllElse() {
    from(client).get("/v1/sectors");
    long reached = Reached.count();

    Response kept = from(client).get("/v1/sectors");
    Response known = from(client).header("If-None-Match", kept.header("ETag")).get("/v1/sectors");

    assertThat(kept.header("RateLimit")).isEqualTo("\"default\";r=18;t=3");
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.header("RateLimit")).isEqualTo("\"default\";r=17;t=3");
    assertThat(Reached.count()).isEqualTo(reached);
    exhaust(client);
    assertThat(from(client).get("/v1/sectors").statusCode()).isEqualTo(429);
  }

  @Test
  void refusesWhatIsTooMuchWithAProblemThatEveryPageCanRead() {
    exhaust(client);

    Response refused =
        from(client).header("Origin", "https://partner.example").get("/v1/companies?lang=en");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.contentType()).isEqualTo("application/problem+json");
    int seconds = Integer.parseInt(refused.header("Retry-After"));
    assertThat(seconds).isBetween(1, 4);
    assertThat(Fixture.parsed(refused.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "type": "/problems/too-many-requests",
                  "title": "Too many requests",
                  "status": 429,
                  "detail": "The limit of 20 requests a minute is reached; try again in %d s.",
                  "instance": "/v1/companies",
                  "requestId": "test"
                }
                """
                    .formatted(seconds)));
    assertThat(refused.header("RateLimit-Policy")).isEqualTo(POLICY);
    assertThat(refused.header("RateLimit")).isEqualTo("\"default\";r=0;t=" + seconds);
    assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
    assertThat(refused.header("Content-Language")).isEqualTo("en");
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(refused.header("Access-Control-Expose-Headers")).contains("RateLimit, ", "Retry-");
  }

  @Test
  void refusesInFrenchUnlessAskedOtherwise() {
    exhaust(client);

    assertThat(from(client).get("/v1").<String>path("detail"))
        .startsWith("La limite de 20 requêtes par minute est atteinte ; réessayez dans ");
  }

  @Test
  void letsOthersGoOn() {
    exhaust(client);

    assertThat(from("198.51.100.1").get("/v1").statusCode()).isEqualTo(200);
  }

  @Test
  void takesAnIpv6NetworkOf64BitsForOneClient() {
    exhaust("2001:db8:7:7::1");

    assertThat(from("2001:db8:7:7:abcd::2").get("/v1").statusCode()).isEqualTo(429);
    assertThat(from("2001:db8:7:8::1").get("/v1").statusCode()).isEqualTo(200);
  }

  @Test
  void countsTheAdminByTheKeyWhereverItIs() {
    exhaust(client);
    // The process does not know a key until a request has proved it
    assertThat(admin(from("198.51.100.2")).get("/v1/imports").statusCode()).isEqualTo(200);

    Response answer = admin(from(client)).get("/v1/imports");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"team\";q=30;w=60");
    assertThat(answer.header("RateLimit")).matches("\"team\";r=\\d+;t=2");
  }

  @Test
  void givesAWrongKeyNoBucketOfItsOwnAndMakesItDear() {
    Response refused = from(client).header("X-API-Key", "guess-1").get("/v1/imports");
    Response next = from(client).header("X-API-Key", "guess-2").get("/v1/imports");

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.header("RateLimit-Policy")).isEqualTo(POLICY);
    assertThat(refused.header("RateLimit")).isEqualTo("\"default\";r=0;t=3");
    assertThat(next.statusCode()).isEqualTo(429);
    assertThat(from(client).get("/v1").statusCode()).isEqualTo(429);
  }

  @Test
  void doesNotLetAGoodKeyHideGuesses() {
    admin(from("198.51.100.3")).get("/v1/imports");

    Response answer =
        admin(from(client)).header("Authorization", "Bearer guess").get("/v1/imports?lang=en");

    assertThat(answer.header("RateLimit-Policy")).isEqualTo(POLICY);
  }

  @Test
  void givesBackWhatAnUnknownKeyPaidWhenNobodyAskedForOne() {
    Response answer = from(client).header("X-API-Key", "whatever").get("/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("RateLimit")).isEqualTo("\"default\";r=19;t=3");
  }

  @Test
  void doesNotChargeMoreForNoKeyAtAll() {
    Response answer = from(client).get("/v1/imports");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.header("RateLimit")).isEqualTo("\"default\";r=19;t=3");
  }

  @Test
  void countsNeitherProbesNorPreflights() {
    exhaust(client);

    assertThat(from(client).get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(from(client).get("/q/health/live").header("RateLimit")).isNull();
    assertThat(
            from(client)
                .header("Origin", "https://partner.example")
                .header("Access-Control-Request-Method", "GET")
                .options("/v1")
                .statusCode())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/q/health/../../v1", "/q/openapi", "/q/swagger-ui/", "/", "/q/health/%2e%2e/x"})
  void countsEverythingElse(String path) {
    exhaust("203.0.113.101");

    assertThat(from("203.0.113.101").urlEncodingEnabled(false).get(path).statusCode())
        .isEqualTo(429);
  }

  @Test
  void saysHttpsIsForEverOnlyToThoseWhoCameByIt() {
    assertThat(from(client).get("/v1").header("Strict-Transport-Security")).isNull();
    assertThat(
            from(client)
                .header("X-Forwarded-Proto", "https")
                .get("/v1")
                .header("Strict-Transport-Security"))
        .isEqualTo("max-age=31536000");
  }

  private static RequestSpecification from(String address) {
    return given().header("X-Forwarded-For", address);
  }

  private static RequestSpecification admin(RequestSpecification request) {
    return request.header("X-API-Key", DatabaseResource.ADMIN_KEY);
  }

  private static void exhaust(String address) {
    for (int i = 0; i < 40 && from(address).get("/v1").statusCode() != 429; i++) {}
  }
}
