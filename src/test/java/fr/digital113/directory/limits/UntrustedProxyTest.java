package fr.digital113.directory.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** A proxy is trusted, and somebody else claims to be one. */
@QuarkusTest
@TestProfile(Profiles.BehindAnotherProxy.class)
class UntrustedProxyTest {
  @Test
  void ignoresForwardedHeadersOfOthersThanTheTrustedProxy() {
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      refused +=
          given().header("X-Forwarded-For", "203.0.113." + i).get("/v1").statusCode() == 429
              ? 1
              : 0;
    }
    assertThat(refused).isGreaterThan(30);
  }
}
