package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many whole lists are written at once, and what becomes of those that nobody reads. */
@QuarkusTest
class StreamsTest {
  private static final int SLOTS = 4;

  @Inject Fixture fixture;
  @Inject Streams streams;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void answers503WhileAllSlotsAreTakenAndPagesAllTheSame() throws InterruptedException {
    assertThat(streams.slots().tryAcquire(SLOTS, 1, TimeUnit.MINUTES)).isTrue();
    try {
      Response refused = given().get("/v1/companies?format=csv&lang=en");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.<String>path("type")).isEqualTo("/problems/too-busy");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(given().get("/v1/companies").statusCode()).isEqualTo(200);
      assertThat(given().head("/v1/companies?format=csv").statusCode()).isEqualTo(200);
    } finally {
      streams.slots().release(SLOTS);
    }
    assertThat(given().get("/v1/companies?format=csv").statusCode()).isEqualTo(200);
  }

  @Test
  void givesTheSlotBackWhenTheReaderLeaves() throws IOException, InterruptedException {
    for (int i = 0; i < 3 * SLOTS; i++) {
      try (Socket socket = new Socket("localhost", RestAssured.port)) {
        socket.setSoLinger(true, 0); // a reset, not an orderly end
        socket
            .getOutputStream()
            .write(
                "GET /v1/territories?format=geojson HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H'); // it has begun
      }
    }
    assertThat(streams.slots().tryAcquire(SLOTS, 1, TimeUnit.MINUTES)).isTrue();
    streams.slots().release(SLOTS);
    assertThat(given().get("/v1/companies?format=csv").statusCode()).isEqualTo(200);
  }
}
