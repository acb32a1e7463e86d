package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HistoryTest {
  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private Response make() {
    return team.post(
        "/v1/companies", "{\"name\": \"Brève\", \"commune\": \"31555\", \"sectors\": [\"iot\"]}");
  }

  @Test
  void saysWhoWhenWhatBeforeAndWhatAfter() {
    Response made = make();
    String id = made.path("id");
    team.patch(id, "{\"headcount\": 7, \"description\": {\"en\": \"Short.\"}}");

    team.request()
        .get("/v1/companies/" + id + "/history")
        .then()
        .statusCode(200)
        .body("page.total", equalTo(2))
        .body("data[0].actor", equalTo("admin key"))
        .body("data[0].before.headcount", nullValue())
        .body("data[0].after.headcount", equalTo(7))
        .body("data[0].changed", contains("/description", "/headcount", "/sizeClass"))
        .body("data[1].before", nullValue())
        .body("data[1].revision", equalTo(Integer.valueOf(made.header("Directory-Revision"))))
        .body("data[1].changed", contains(""));
  }

  @Test
  void isReadPageByPage() {
    String id = make().path("id");
    team.patch(id, "{\"headcount\": 7}");
    team.patch(id, "{\"headcount\": 8}");

    Response page = team.request().queryParam("limit", 2).get("/v1/companies/" + id + "/history");
    Response last = team.request().get(page.<String>path("page.next"));
    assertThat(last.<Object>path("data[0].before")).isNull();
    assertThat(last.<String>path("page.next")).isNull();
    team.request()
        .queryParam("cursor", "abc")
        .get("/v1/companies/" + id + "/history")
        .then()
        .statusCode(400);
  }

  @Test
  void remainsOfWhatWasDeleted() {
    String id = make().path("id");
    team.request().header("If-Match", "*").delete("/v1/companies/" + id).then().statusCode(204);

    team.request()
        .get("/v1/companies/" + id + "/history")
        .then()
        .statusCode(200)
        .body("data[0].after", nullValue())
        .body("data[0].before.name", equalTo("Brève"));
    team.request().get("/v1/companies/breve/history").then().statusCode(404);
  }

  @Test
  void isThereForEverythingThatIsWritten() {
    String factory = "/v1/factories/objets-connectes";
    team.patchAt(factory, "{\"participants\": []}").then().statusCode(200);
    team.request()
        .get(factory + "/history")
        .then()
        .statusCode(200)
        .body("data[0].changed", contains("/participants"))
        .body("data[0].actor", equalTo("admin key"));

    String sector = "/v1/sectors/edtech";
    team.patchAt(sector, "{\"label\": {\"en\": \"Edtech\"}}").then().statusCode(200);
    team.patchAt(sector, "{\"label\": {\"en\": \"EdTech\"}}").then().statusCode(200);
    team.request()
        .get(sector + "/history")
        .then()
        .statusCode(200)
        .body("data[0].changed", contains("/label/en"))
        .body("data[0].before.label.en", equalTo("Edtech"));

    String territory = "/v1/territories/mende";
    team.patchAt(territory, "{\"funder\": true}").then().statusCode(200);
    team.patchAt(territory, "{\"funder\": false}").then().statusCode(200);
    team.request()
        .get(territory + "/history")
        .then()
        .statusCode(200)
        .body("data[0].changed", contains("/funder"));

    team.patchAt("/v1/cluster", "{\"name\": \"D113\"}").then().statusCode(200);
    team.patchAt("/v1/cluster", "{\"name\": \"Digital113\"}").then().statusCode(200);
    team.request()
        .get("/v1/cluster/history")
        .then()
        .statusCode(200)
        .body("data[0].changed", contains("/name"))
        .body("data[0].after.name", equalTo("Digital113"));
    team.request().get("/v1/sectors/nowhere/history").then().statusCode(404);
  }
}
