package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells one request from all others. */
@QuarkusTest
class RequestIdTest {
  private static final Pattern ID = Pattern.compile("(?im)^x-request-id: (.*)$");

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void isMadeForEachRequestAlsoForThoseThatAreAnsweredFromMemory() throws Exception {
    String first = id("GET /v1/sectors HTTP/1.1\nHost: localhost\n");
    String second = id("GET /v1/sectors HTTP/1.1\nHost: localhost\n");

    assertThat(first).matches("[0-9a-f]{16}");
    assertThat(second).matches("[0-9a-f]{16}").isNotEqualTo(first);
  }

  @Test
  void isWhatTheRequestSays() throws Exception {
    assertThat(id("GET /v1 HTTP/1.1\nHost: localhost\nX-Request-Id: proxy-7.A_b\n"))
        .isEqualTo("proxy-7.A_b");
  }

  @Test
  void isItsTraceWhenItHasOne() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";

    assertThat(
            id(
                "GET /v1 HTTP/1.1\nHost: localhost\ntraceparent: 00-%s-b7ad6b7169203331-01\n"
                    .formatted(trace)))
        .isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Request-Id: somebody@example.org",
        "X-Request-Id: two words",
        "X-Request-Id: {\"a\":1}",
        "X-Request-Id: 12345678901234567890123456789012345678901234567890123456789012345",
        "X-Request-Id: é",
        "traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "traceparent: 00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "traceparent: 0af7651916cd43dd8448eb211c80319c"
      })
  void isMadeWhenWhatTheRequestSaysIsNotHarmless(String header) throws Exception {
    assertThat(id("GET /v1 HTTP/1.1\nHost: localhost\n" + header + "\n")).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/nothing HTTP/1.1\nHost: localhost\n",
        "GET /v1/companies?lang=xx HTTP/1.1\nHost: localhost\n",
        "GET /v1 HTTP/1.1\nHost: one\nHost: two\n",
        "PUT /v1/companies HTTP/1.1\nHost: localhost\nContent-Length: 99999999\n"
      })
  void isInAProblemAsInItsAnswer(String request) throws Exception {
    String answer = RawConnection.exchange(request + "Connection: close\n\n");

    assertThat(answer).contains("\"requestId\":\"" + idOf(answer) + "\"");
  }

  @Test
  void mayBeReadByPagesOfAnySite() {
    assertThat(given().get("/v1").header("Access-Control-Expose-Headers"))
        .endsWith(", X-Request-Id");
  }

  private static String id(String request) throws Exception {
    return idOf(RawConnection.exchange(request + "Connection: close\n\n"));
  }

  private static String idOf(String answer) {
    Matcher header = ID.matcher(answer);
    assertThat(header.find()).as(answer).isTrue();
    return header.group(1);
  }
}
