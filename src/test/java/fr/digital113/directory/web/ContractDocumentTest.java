package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ContractDocumentTest {
  private static final String PATH = "/q/openapi";

  @Test
  void isTheCommittedFileByteByByte() throws Exception {
    assertThat(given().get(PATH).asByteArray())
        .isEqualTo(Files.readAllBytes(Path.of("openapi/openapi.yaml")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', */*, application/yaml;charset=UTF-8",
    "'', application/json, application/json;charset=UTF-8",
    "?format=JSON, application/yaml, application/json;charset=UTF-8",
    "?format=yaml, application/json, application/yaml;charset=UTF-8",
    ".json, */*, application/json;charset=UTF-8",
    ".yaml, */*, application/yaml;charset=UTF-8",
    ".yml, */*, application/yaml;charset=UTF-8"
  })
  void hasTheFormThatIsAskedFor(String query, String accept, String contentType) {
    given()
        .accept(accept)
        .get(PATH + query)
        .then()
        .statusCode(200)
        .header("Content-Type", contentType)
        .body(containsString("/v1/companies"));
    given()
        .accept(accept)
        .head(PATH + query)
        .then()
        .statusCode(200)
        .header("Content-Type", contentType);
  }

  @Test
  void isOnlyRead() {
    given()
        .post(PATH)
        .then()
        .statusCode(405)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/method-not-allowed"));
  }

  @Test
  void isSentAgainOnlyWhenItIsAnother() {
    for (String compression : new String[] {"identity", "gzip"}) {
      String tag = given().header("Accept-Encoding", compression).get(PATH).getHeader("ETag");

      given()
          .header("Accept-Encoding", compression)
          .header("If-None-Match", tag)
          .get(PATH)
          .then()
          .statusCode(304)
          .header("ETag", tag);
      given().header("If-None-Match", "\"x\"").get(PATH).then().statusCode(200);
    }
  }
}
