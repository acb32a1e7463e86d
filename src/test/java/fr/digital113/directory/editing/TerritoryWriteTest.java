package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the team sets the flags of territories. */
@QuarkusTest
class TerritoryWriteTest {
  private static final String ALBI = "/v1/territories/albi";

  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @AfterEach
  void leaveTheFlagsAsTheyWere() {
    fixture.sql(
        "update territory set funder = false, french_tech = false, named_place = code = '81004' where code in ('81004', '09296')");
  }

  @Test
  void theTeamSetsTheThreeFlags() {
    Response read = team.readAt(ALBI);

    Response patched =
        team.patchAt(
            ALBI,
            read.header("ETag"),
            "{\"frenchTech\": true, \"funder\": true, \"namedPlace\": null}");

    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(patched.asString()))
        .isEqualTo(
            Fixture.parsed(
                read.asString()
                    .replace("\"frenchTech\":false", "\"frenchTech\":true")
                    .replace("\"funder\":false", "\"funder\":true")
                    .replace("\"namedPlace\":true", "\"namedPlace\":false")));
    given()
        .get(ALBI)
        .then()
        .body("frenchTech", equalTo(true))
        .body("funder", equalTo(true))
        .body("namedPlace", equalTo(false))
        .body("revision", equalTo(Integer.valueOf(patched.header("Directory-Revision"))));
    team.patchAt(ALBI, read.header("ETag"), "{\"funder\": false}").then().statusCode(412);
    team.request().body("{}").patch(ALBI).then().statusCode(428);
  }

  @Test
  void editorsReadWhatIsOfficialBesideTheFlags() {
    JsonNode shown = Fixture.parsed(given().get(ALBI).asString());

    assertThat(Fixture.parsed(team.readAt(ALBI).asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"code": "81004", "slug": "albi", "name": "Albi", "level": "commune", "epciType": null,
                 "population": %s, "centre": {"lat": %s, "lon": %s}, "postalCodes": ["81000"],
                 "formerCodes": [], "within": ["248100737", "76", "81"],
                 "frenchTech": false, "funder": false, "namedPlace": true}
                """
                    .formatted(
                        shown.path("population"),
                        shown.at("/centre/lat"),
                        shown.at("/centre/lon"))));
  }

  @Test
  void whatIsOfficialIsReadOnly() {
    Response refused =
        team.patchAt(
            ALBI,
            "{\"name\": \"Alby\", \"population\": 1, \"centre\": {\"lat\": 1, \"lon\": 1}, \"within\": null, \"funder\": 1, \"x\": 1}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactlyInAnyOrder(
            "/name read_only",
            "/population read_only",
            "/centre read_only",
            "/within read_only",
            "/funder wrong_type",
            "/x unknown_member");
    team.patchAt(ALBI, team.readAt(ALBI).asString()).then().statusCode(200);
  }

  @Test
  void theFormerCodeOfACommuneNamesThatOfToday() {
    team.patchAt("/v1/territories/09028", "{\"funder\": true}")
        .then()
        .statusCode(200)
        .body("code", equalTo("09296"));
    team.patchAt("/v1/territories/nowhere", "*", "{}").then().statusCode(404);
  }
}
