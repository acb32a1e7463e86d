package fr.digital113.directory.testsupport;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.ResponseBuilder;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** What a test of the running application is told when an answer breaks the contract. */
@QuarkusTest
class ContractFilterTest {
  private static final String PROBLEM = "application/problem+json";
  private static final String NOT_FOUND =
      """
      {"type": "/problems/not-found", "title": "", "status": 404, "detail": "", "instance": "/x", "requestId": "test"}
      """;

  @Test
  void refusesAPathThatIsNotDeclared() {
    assertThatThrownBy(() -> answered(200, "application/json", "{}").get("/v1/secrets"))
        .hasMessageContaining("there is no such operation");
  }

  @Test
  void refusesAMethodThatIsNotDeclared() {
    assertThatThrownBy(() -> answered(204, "", "").delete("/v1/companies"))
        .hasMessageContaining("there is no such operation");
  }

  @Test
  void refusesAStatusThatIsNotDeclared() {
    assertThatThrownBy(() -> answered(404, PROBLEM, NOT_FOUND).get("/v1/cluster"))
        .hasMessageContaining("GET /v1/cluster does not declare this status");
  }

  @Test
  void refusesAParameterThatIsTakenAndNotDeclared() {
    assertThatThrownBy(() -> answered(200, "application/json", "{}").get("/v1/cluster?onDay=2020"))
        .hasMessageContaining("query parameter onDay is not declared");
  }

  @Test
  void refusesAContentTypeThatIsNotDeclared() {
    assertThatThrownBy(() -> answered(200, "text/html", "<p>").get("/v1/cluster"))
        .hasMessageContaining("content type text/html is not declared");
  }

  @Test
  void refusesMissingAndWrongHeaders() {
    assertThatThrownBy(
            () ->
                answered(404, PROBLEM, NOT_FOUND, "Cache-Control", "public").get("/v1/companies/x"))
        .hasMessageContaining("header Content-Language is missing")
        .hasMessageContaining("header Cache-Control: : must be the constant value 'no-store'");
  }

  @Test
  void refusesABodyWithAMemberThatIsNotDeclared() {
    assertThatThrownBy(
            () ->
                answered(200, "application/json", "{\"type\": 1, \"headcount\": 37}")
                    .get("/problems/not-found"))
        .hasMessageContaining("/type: integer found, string expected")
        .hasMessageContaining("required property 'title' not found")
        .hasMessageContaining("property 'headcount' is not defined");
  }

  @Test
  void refusesAnErrorOutsideOfTheContractThatIsNoProblem() {
    assertThatThrownBy(() -> answered(404, "text/plain", "no").get("/somewhere"))
        .hasMessageContaining("content type text/plain is not declared");
  }

  @Test
  void refusesABodyWhereNoneIsDeclared() {
    assertThatThrownBy(() -> answered(304, "application/json", "{}").get("/v1/cluster"))
        .hasMessageContaining("there must be no body");
  }

  /** A request that is answered here instead of by the application. */
  private static RequestSpecification answered(
      int status, String contentType, String body, String... headers) {
    ResponseBuilder response =
        new ResponseBuilder().setStatusCode(status).setContentType(contentType).setBody(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.setHeader(headers[i], headers[i + 1]);
    }
    return given().filter((request, expected, context) -> response.build());
  }
}
