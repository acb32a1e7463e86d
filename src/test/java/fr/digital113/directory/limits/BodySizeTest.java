package fr.digital113.directory.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** How large a body may be: 2 MB for an import here, 1 MB for all else. */
@QuarkusTest
@TestProfile(Profiles.Strict.class)
class BodySizeTest {
  private static final int MEGABYTE = 1024 * 1024;
  private static final String IMPORT =
      "POST /v1/imports?lang=en HTTP/1.1\nHost: localhost\nConnection: close\nX-API-Key: "
          + DatabaseResource.ADMIN_KEY
          + "\nX-Request-Id: test\nContent-Type: multipart/form-data; boundary=b\n";

  @Test
  void answers413ToABodyThatSaysItIsTooLarge() throws Exception {
    String answer =
        RawConnection.exchange(
            "PUT /v1/companies?lang=en HTTP/1.1\nHost: localhost\nOrigin: https://partner.example\nContent-Length: 1048577\n\n");

    // Writes of other origins are refused first; without one:
    assertThat(answer).startsWith("HTTP/1.1 403 ");
    assertTooLarge(
        RawConnection.exchange(
            "PUT /v1/companies?lang=en HTTP/1.1\nHost: localhost\nX-Request-Id: test\nContent-Length: 1048577\n\n"),
        MEGABYTE,
        "/v1/companies");
  }

  @Test
  void answers413BeforeAnyoneIsAskedToSend() throws Exception {
    String answer =
        RawConnection.exchange(
            "POST /v1/nothing?lang=en HTTP/1.1\nHost: localhost\nX-Request-Id: test\nExpect: 100-continue\nContent-Length: 999999999999\n\n");

    assertTooLarge(answer, MEGABYTE, "/v1/nothing");
  }

  @Test
  void takesMoreForAnImport() {
    Response sent =
        given()
            .header("X-API-Key", DatabaseResource.ADMIN_KEY)
            .multiPart("kind", "members")
            .multiPart("file", "members.csv", new byte[MEGABYTE + MEGABYTE / 2])
            .post("/v1/imports");

    assertThat(sent.statusCode()).isEqualTo(422);
  }

  @Test
  void answers413ToAnImportThatSaysItIsTooLarge() throws Exception {
    assertTooLarge(
        RawConnection.exchange(IMPORT + "Content-Length: " + (2 * MEGABYTE + 1) + "\n\n"),
        2 * MEGABYTE,
        "/v1/imports");
  }

  @Test
  void answers413ToABodyThatDoesNotSayHowLargeItIs() throws Exception {
    try (RawConnection connection = new RawConnection()) {
      connection.send(IMPORT + "Transfer-Encoding: chunked\n\n");
      connection.sendChunk(
          "--b\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\n\n");
      for (int i = 0; i < 33; i++) {
        connection.sendChunk("x".repeat(64 * 1024));
      }
      assertTooLarge(connection.rest(), 2 * MEGABYTE, "/v1/imports");
    }
  }

  @Test
  void leavesTheConnectionUsableAfterASmallBodyThatNobodyRead() throws Exception {
    try (RawConnection connection = new RawConnection()) {
      connection.send("POST /v1 HTTP/1.1\nHost: localhost\nContent-Length: 4\n\nbody");
      connection.send("GET /v1 HTTP/1.1\nHost: localhost\nConnection: close\n\n");
      assertThat(connection.rest()).startsWith("HTTP/1.1 405 ").contains("HTTP/1.1 200 ");
    }
  }

  private static void assertTooLarge(String answer, int most, String path) {
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("connection: close")
        .containsIgnoringCase("cache-control: no-store")
        .containsIgnoringCase("access-control-allow-origin: *")
        .containsIgnoringCase("ratelimit: ");
    assertThat(Fixture.parsed(answer.substring(answer.indexOf("\r\n\r\n") + 4)))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "type": "/problems/payload-too-large",
                  "title": "Payload too large",
                  "status": 413,
                  "detail": "The body is larger than %d bytes.",
                  "instance": "%s",
                  "requestId": "test"
                }
                """
                    .formatted(most, path)));
  }
}
