package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no answer gives away, and what each tells a browser. */
@QuarkusTest
class HardeningTest {
  @ParameterizedTest
  @ValueSource(strings = {"/q/health/group", "/q/health/group/", "/q/health/group/anything"})
  void hasNoGroupsOfHealthChecks(String path) {
    Response answer = given().get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.<String>path("type")).isEqualTo("/problems/not-found");
    assertThat(given().get("/q/health").<String>path("status")).isEqualTo("UP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1", "/v1/companies?x=1", "/v1/imports", "/nowhere", "/q/health", "/q/openapi"})
  void tellsBrowsersToTakeDataForNothingElse(String path) {
    Response answer = given().get(path);

    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(answer.header("Strict-Transport-Security")).isNull();
    assertThat(answer.header("Server")).isNull();
    assertThat(answer.header("X-Powered-By")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/q/swagger-ui/", "/q/swagger-ui/index.html"})
  void letsPagesForPeopleRunWhatIsTheirsAndNothingElse(String path) {
    Response page = given().get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; ")
        .contains("frame-ancestors 'none'")
        .doesNotContain("http", "*");
    assertThat(page.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  @Test
  void loadsInTheDocumentationOnlyWhatItsPolicyAllows() {
    String page = given().get("/q/swagger-ui/").asString();

    assertThat(page).contains("<script").doesNotContain("src=\"http", "src='http", "href=\"http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1 HTTP/1.1\n",
        "GET /v1 HTTP/1.1\nHost: a b\n",
        "GET /v1 HTTP/1.1\nHost: a/b\n",
        "GET /v1 HTTP/1.1\nHost: [::1\n",
        "GET /v1 HTTP/1.1\nHost: user@host\n",
        "GET /v1 HTTP/1.1\nHost: localhost:port\n",
        "GET /v1 HTTP/1.1\nHost: <script>\n",
        "GET /v1 HTTP/1.1\nHost: one\nHost: two\n",
        "GET /v1 HTTP/1.0\n",
        "BREW /v1 HTTP/1.1\nHost: localhost\n",
        "BREW /v1 HTTP/1.1\nHost: localhost\nOrigin: https://partner.example\n",
        "TRACE / HTTP/1.1\nHost: localhost\n",
        "CONNECT localhost:80 HTTP/1.1\nHost: localhost\n",
        "OPTIONS * HTTP/1.1\nHost: localhost\n",
        "DELETE / HTTP/1.1\nHost: localhost\n",
        "GET /%00 HTTP/1.1\nHost: localhost\n",
        "GET /index.html%00 HTTP/1.1\nHost: localhost\n",
        "GET /../../etc/passwd HTTP/1.1\nHost: localhost\n",
        "GET /%2e%2e/%2e%2e/application.properties HTTP/1.1\nHost: localhost\n",
        "GET /META-INF/openapi.yaml HTTP/1.1\nHost: localhost\n",
        "GET //evil.example/ HTTP/1.1\nHost: localhost\n",
        "GET http://evil.example/nowhere HTTP/1.1\nHost: localhost\n",
        "GET /q/swagger-ui/nothing.js HTTP/1.1\nHost: localhost\n",
        "GET /q/nothing HTTP/1.1\nHost: localhost\n",
        "GET /q/dev HTTP/1.1\nHost: localhost\n",
        "POST /v1/imports HTTP/1.1\nHost: localhost\nContent-Length: 0\n",
        "GET /v1/companies HTTP/1.1\nHost: localhost\nAccept: ;;;,,,/\n",
        "GET /v1/companies?x HTTP/1.1\nHost: localhost\nAccept-Language: ;q=x,,\n"
      })
  void answersWhatIsMalformedWithAProblemAndNoWordOfItself(String request) throws Exception {
    given().get("/v1/companies").then().statusCode(200); // is in memory from now on
    String answer = RawConnection.exchange(request + "Connection: close\n\n");

    assertThat(answer)
        .matches("(?s)HTTP/1.[01] 4\\d\\d .*")
        .containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("cache-control: no-store")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("access-control-allow-origin: *")
        .contains("\"type\":\"/problems/")
        .doesNotContainIgnoringCase("quarkus")
        .doesNotContainIgnoringCase("vert.x")
        .doesNotContainIgnoringCase("netty")
        .doesNotContain("Exception", "at java.", "error id", "Error id", "\"stack\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/companies?q=école", "/v1/companies/sète", "/v1/companies/suggest?q=mémoire"})
  void neverAnswersToWhatWasNotAskedForWhenBytesAreNotEncoded(String path) throws Exception {
    given().get("/v1/companies").then().statusCode(200);
    String answer =
        RawConnection.exchange(
            "GET %s HTTP/1.1\nHost: localhost\nConnection: close\n\n".formatted(path));

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("\"type\":\"/problems/malformed-request\"")
        .contains("%C3%A9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%s HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.1\nHost: localhost\nX-Long: %s\n\n",
        "%s\n\n",
        "GET / HTTP/x\nHost: localhost\n\n",
        "GET /v1/companies?q=%%zz HTTP/1.1\nHost: localhost\nConnection: close\n\n",
        "GET /v1/companies/{} HTTP/1.1\nHost: localhost\nConnection: close\n\n"
      })
  void saysNothingOfItselfWhereNoHttpIsSpoken(String request) throws Exception {
    String answer = RawConnection.exchange(request.formatted("x".repeat(70_000)));

    assertThat(answer)
        .matches("(?s)HTTP/1.[01] (4|5)\\d\\d .*")
        .doesNotContainIgnoringCase("exception")
        .doesNotContainIgnoringCase("netty");
  }

  @Test
  void hasNoSecurityTxtWithoutAContact() {
    Response answer = given().get("/.well-known/security.txt");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void keepsSecretsOutOfTheLog() throws Exception {
    String secret = "secret-0123456789abcdef";
    List<String> lines = new ArrayList<>();
    Handler listener = listener(lines);
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      given().header("X-API-Key", secret).get("/v1/imports");
      given().header("X-API-Key", secret).post("/v1/imports");
      given().header("Authorization", "Bearer " + secret).get("/v1/imports?lang=en");
      RawConnection.exchange(
          "GET /v1 HTTP/1.1\nHost: a b\nX-API-Key: %s\nConnection: close\n\n".formatted(secret));
      RawConnection.exchange(
          "GET /%%00 HTTP/1.1\nHost: x\nAuthorization: %s\nConnection: close\n\n"
              .formatted(secret));
      Logger.getLogger("fr.digital113").info("the listener listens");
    } finally {
      root.removeHandler(listener);
    }

    assertThat(lines).anyMatch(line -> line.contains("the listener listens"));
    assertThat(lines).noneMatch(line -> line.contains(secret));
  }

  private static Handler listener(List<String> lines) {
    PatternFormatter format = new PatternFormatter("%p %c %s%e");
    return new Handler() {
      @Override
      public synchronized void publish(LogRecord line) {
        lines.add(format.format(org.jboss.logmanager.ExtLogRecord.wrap(line)));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
