package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MembershipWriteTest {
  private static final String CAPTEURS = "/v1/companies/capteurs-d-oc/memberships";
  private static final String REGISTRE = "/v1/companies/registre-logiciel/memberships";

  private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private Response leave(String company, String joinedOn, LocalDate day) {
    return team.request()
        .header("If-Match", team.etag(company))
        .body("{\"leftOn\": \"%s\"}".formatted(day))
        .patch("/v1/companies/%s/memberships/%s".formatted(company, joinedOn));
  }

  private static String joins(LocalDate day) {
    return "{\"joinedOn\": \"%s\", \"origin\": \"digital113\"}".formatted(day);
  }

  @Test
  void aCompanyOfTheRegisterJoins() {
    Response joined = team.post(REGISTRE, joins(today));

    joined.then().statusCode(201).body("origin", equalTo("digital113"));
    assertThat(joined.header("Location")).endsWith("/memberships/" + today);
    assertThat(team.request().get(joined.header("Location")).header("ETag"))
        .isEqualTo(joined.header("ETag"))
        .isEqualTo(team.etag("registre-logiciel"));
    given()
        .get("/v1/companies/registre-logiciel")
        .then()
        .body("membership.status", equalTo("member"))
        .body("source.name", equalTo("Digital113"));
  }

  @Test
  void aMembershipToComeIsNotOneYet() {
    LocalDate tomorrow = today.plusDays(1);
    team.post(REGISTRE, joins(tomorrow)).then().statusCode(201);

    given()
        .get("/v1/companies/registre-logiciel")
        .then()
        .body("membership.status", equalTo("none"));
    team.request()
        .header("If-Match", team.etag("registre-logiciel"))
        .delete(REGISTRE + "/" + tomorrow)
        .then()
        .statusCode(204);
    team.request().get(REGISTRE).then().body("data", hasSize(0));
  }

  @Test
  void membershipsDoNotOverlap() {
    team.post(CAPTEURS, joins(today))
        .then()
        .statusCode(409)
        .body("errors[0].pointer", equalTo("/joinedOn"))
        .body("errors[0].code", equalTo("overlapping_membership"));
    team.post(CAPTEURS, joins(LocalDate.of(2012, 3, 1))).then().statusCode(409);
  }

  @Test
  void checksTheDaysAndTheOrigin() {
    Response refused =
        team.post(REGISTRE, "{\"joinedOn\": \"2015-01-01\", \"leftOn\": \"2014-01-01\", \"x\": 1}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactlyInAnyOrder(
            "/leftOn left_before_joined", "/origin required", "/x unknown_member");
    team.post(REGISTRE, "{}").then().statusCode(422).body("errors.code", contains("required"));
  }

  @Test
  void whoLeavesKeepsItsHistoryAndItsFactoryNeedsALead() {
    Response left = leave("capteurs-d-oc", "2012-03-01", today);

    left.then().statusCode(200).body("leftOn", equalTo(today.toString()));
    given()
        .get("/v1/companies/capteurs-d-oc")
        .then()
        .body("membership.status", equalTo("former"))
        .body("membership.joinedOn", equalTo("2012-03-01"))
        .body("revision", equalTo(Integer.valueOf(left.header("Directory-Revision"))));
    given()
        .get("/v1/factories/objets-connectes")
        .then()
        .body("status", equalTo("needs_lead"))
        .body("leads.company.slug", contains("finances-occitanes"))
        .body("revision", equalTo(Integer.valueOf(left.header("Directory-Revision"))));

    team.post(CAPTEURS, joins(today.plusDays(30))).then().statusCode(201);
    team.request().get(CAPTEURS).then().body("data", hasSize(2));
  }

  @Test
  void whoLeavesLaterLeadsUntilThen() {
    leave("capteurs-d-oc", "2012-03-01", today.plusDays(10)).then().statusCode(200);

    given().get("/v1/factories/objets-connectes").then().body("status", equalTo("active"));
    given().get("/v1/companies/capteurs-d-oc").then().body("membership.status", equalTo("member"));
  }

  @Test
  void aMembershipThatHasBegunStays() {
    team.request()
        .header("If-Match", team.etag("capteurs-d-oc"))
        .delete(CAPTEURS + "/2012-03-01")
        .then()
        .statusCode(409);
  }

  @Test
  void theDayThatNamesItDoesNotChange() {
    team.request()
        .header("If-Match", team.etag("capteurs-d-oc"))
        .body("{\"joinedOn\": \"2012-04-01\"}")
        .patch(CAPTEURS + "/2012-03-01")
        .then()
        .statusCode(422)
        .body("errors.code", contains("read_only"));
    team.request()
        .header("If-Match", team.etag("capteurs-d-oc"))
        .body("{}")
        .patch(CAPTEURS + "/2011-03-01")
        .then()
        .statusCode(404);
  }

  @Test
  void membersSeeTheirOwnAndChangeNone() {
    Editor member = Editor.memberOf(Editor.CAPTEURS);

    member.request().get(CAPTEURS).then().statusCode(200).body("data", hasSize(1));
    member.request().get(REGISTRE).then().statusCode(403);
    member.post(CAPTEURS, joins(today)).then().statusCode(403);
    member
        .request()
        .header("If-Match", "*")
        .body("{\"leftOn\": null}")
        .patch(CAPTEURS + "/2012-03-01")
        .then()
        .statusCode(403);
  }
}
