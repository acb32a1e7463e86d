package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose readers are too slow, or take too long, with little patience and behind a proxy. */
@QuarkusTest
@TestProfile(StreamLimitsTest.Impatient.class)
class StreamLimitsTest {
  private static final int SLOTS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final String ENDLESS = "/streamed/endless";

  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "directory.exports.max-duration",
          LONGEST.toSeconds() + "S",
          "directory.exports.min-rate-window",
          "1S",
          "quarkus.http.proxy.proxy-address-forwarding",
          "true");
    }
  }

  @Inject Fixture fixture;
  @Inject Streams streams;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void cutsOffAReaderThatIsStuck() throws IOException, InterruptedException {
    long started = System.nanoTime();
    try (RawConnection stuck = new RawConnection(4 * 1024)) {
      assertThat(stuck.get(ENDLESS, "HTTP/1.1").head()).startsWith("HTTP/1.1 200");
      assertThat(streams.everybody().free().availablePermits()).isEqualTo(SLOTS - 1);
      assertThat(streams.everybody().free().tryAcquire(SLOTS, 1, TimeUnit.MINUTES)).isTrue();
      streams.everybody().free().release(SLOTS);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LONGEST);
      assertThat(stuck.completes()).isFalse();
    }
  }

  @Test
  void cutsOffWhatTakesTooLongHoweverFastItIsRead() throws IOException, InterruptedException {
    long started = System.nanoTime();
    try (RawConnection reader = new RawConnection()) {
      assertThat(reader.get(ENDLESS, "HTTP/1.1").head()).startsWith("HTTP/1.1 200");
      assertThat(reader.completes()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(LONGEST);
    }
    assertThat(streams.everybody().free().tryAcquire(SLOTS, 1, TimeUnit.MINUTES)).isTrue();
    streams.everybody().free().release(SLOTS);
  }

  @Test
  void tellsReadersBehindAProxyApart() {
    String mine = "192.0.2.1";
    streams.everybody().take(ClientAddress.of(mine));
    streams.everybody().take(ClientAddress.of(mine));
    try {
      assertThat(status(mine)).isEqualTo(503);
      assertThat(status("192.0.2.2")).isEqualTo(200);
    } finally {
      streams.everybody().giveBack(ClientAddress.of(mine));
      streams.everybody().giveBack(ClientAddress.of(mine));
    }
    assertThat(status(mine)).isEqualTo(200);
  }

  private static int status(String reader) {
    return given().header("X-Forwarded-For", reader).get("/v1/companies?format=csv").statusCode();
  }
}
