package fr.digital113.directory.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send by drops, to a server that waits two seconds, for headers and for bodies. */
@QuarkusTest
@TestProfile(Profiles.Strict.class)
class SlowClientTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final String KEY = "X-API-Key: " + DatabaseResource.ADMIN_KEY + "\n";
  private static final String FORM = "Content-Type: multipart/form-data; boundary=b\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v1/comp",
        "GET /v1 HTTP/1.1\nHost: localhost\nX-Slow: ",
        "POST /v1/imports HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\n",
        "POST /v1/imports HTTP/1.1\nHost: localhost\n"
            + KEY
            + FORM
            + "Content-Length: 1000\n\n--b\nContent-Disposition: form-data; name=kind\n\n",
        "GET /v1 HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\n",
        "DELETE /v1 HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n3e8\n"
      })
  void areCutOff(String beginning) throws Exception {
    try (RawConnection slow = new RawConnection()) {
      slow.send(beginning);
      long started = System.nanoTime();
      slow.drip(1_000, 100);

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONGEST);
    }
  }

  @Test
  void doNotKeepOthersWaiting() throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RawConnection each = new RawConnection();
      each.send(
          "POST /v1/imports HTTP/1.1\nHost: localhost\n"
              + KEY
              + FORM
              + "Content-Length: 9999\n\n-");
      slow.add(each);
    }

    assertThat(given().get("/v1/companies").statusCode()).isEqualTo(200);

    for (RawConnection each : slow) {
      each.rest(); // fails unless the server ends the connection
      each.close();
    }
    assertThat(given().get("/v1/companies").statusCode()).isEqualTo(200);
  }

  @Test
  void cannotHaveMoreConnectionsThanAllowedSilentOnesIncluded() throws Exception {
    List<RawConnection> open = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      open.add(new RawConnection());
    }
    int served = 0;
    for (RawConnection each : open) {
      each.send("GET /v1 HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    }
    for (RawConnection each : open) {
      served += each.rest().startsWith("HTTP/1.1 200") ? 1 : 0;
      each.close();
    }
    assertThat(served).isBetween(20, 40 + 4); // each event loop may take one at the same moment
    assertThat(given().get("/v1").statusCode()).isEqualTo(200);
  }

  @Test
  void areNotThoseWhoSendMuchSteadily() throws Exception {
    String part = "x".repeat(64 * 1024);
    int parts = 24;
    try (RawConnection steady = new RawConnection()) {
      steady.send(
          "POST /v1/imports HTTP/1.1\nHost: localhost\nConnection: close\n"
              + KEY
              + FORM
              + "Content-Length: "
              + parts * part.length()
              + "\n\n");
      for (int i = 0; i < parts; i++) {
        steady.send(part);
        Thread.sleep(150); // all of it takes longer than the timeout
      }
      assertThat(steady.rest()).startsWith("HTTP/1.1 400 ").contains("/problems/malformed-request");
    }
  }
}
