package fr.digital113.directory.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** As it is without settings, whoever says that a request is somebody else's is not believed. */
@QuarkusTest
@TestProfile(Profiles.Low.class)
class SpoofedAddressTest {
  @Test
  void ignoresForwardedHeadersByDefault() {
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      refused +=
          given()
                      .header("X-Forwarded-For", "203.0.113." + i)
                      .header("Forwarded", "for=203.0.113." + i + ";proto=https")
                      .header("X-Real-IP", "203.0.113." + i)
                      .header("X-Forwarded-Proto", "https")
                      .get("/v1")
                      .statusCode()
                  == 429
              ? 1
              : 0;
    }
    assertThat(refused).isGreaterThan(30);
    assertThat(
            given()
                .header("X-Forwarded-Proto", "https")
                .get("/v1")
                .header("Strict-Transport-Security"))
        .isNull();
  }
}
