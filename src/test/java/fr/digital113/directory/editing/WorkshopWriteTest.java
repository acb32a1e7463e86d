package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.IndexCheck;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workshops as the team writes them. */
@QuarkusTest
class WorkshopWriteTest {
  private static final String WORKSHOPS = "/v1/workshops";
  private static final String HELD = "/v1/workshops/0190a000-0000-7000-8000-0000000000b5";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject IndexCheck check;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static List<String> mistakes(Response refused) {
    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  private static JsonNode body(Response answer) {
    return Fixture.parsed(answer.asString());
  }

  @Test
  void companiesAreNamedByIdOrSlugAndShownById() {
    Response made =
        team.post(
            WORKSHOPS,
            """
            {"subject": {"en": "Growing"}, "start": "2027-10-31T09:30:00+01:00", "end": "2027-10-31T12:30:00+01:00",
             "place": {"name": "Salle", "commune": "31555"}, "publication": "published",
             "participants": ["sante-connectee", "%s", "CAPTEURS-D-OC"],
             "presenters": [{"company": "sante-connectee", "subject": "A plan", "targetMarkets": ["es", "DE", "ES"]},
                            {"company": "%s", "subject": "Another"}]}
            """
                .formatted(FINANCES, FINANCES));

    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    assertThat(body(made))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "subject": {"en": "Growing"}, "start": "2027-10-31T09:30:00+01:00",
                 "end": "2027-10-31T12:30:00+01:00", "timeZone": "Europe/Paris",
                 "place": {"name": "Salle", "commune": "31555"}, "status": "planned", "publication": "published",
                 "participants": ["%s", "%s", "%s"],
                 "presenters": [{"company": "%s", "subject": "A plan", "targetMarkets": ["ES", "DE"]},
                                {"company": "%s", "subject": "Another", "targetMarkets": []}]}
                """
                    .formatted(
                        made.path("id"), Editor.CAPTEURS, FINANCES, SANTE, SANTE, FINANCES)));
    given()
        .get(WORKSHOPS + "/" + made.path("id"))
        .then()
        .statusCode(200)
        .body("participants", equalTo(3))
        .body("date", equalTo("2027-10-31"));
    assertThat(check.compare().differences()).isEmpty();
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    assertThat(
            mistakes(
                team.post(
                    WORKSHOPS,
                    """
                    {"subject": {"fr": "a\\nb"}, "start": "x", "end": 3, "place": {"commune": "99999"}, "status": "over",
                     "participants": ["projet-secret", "ecran-vert", "registre-logiciel", "nobody", 4],
                     "presenters": [{"company": "nobody", "subject": "x"}, {"subject": ""}, null,
                       {"company": "capteurs-d-oc", "subject": "x", "targetMarkets": ["XX"], "mark": 3}],
                     "assessments": []}
                    """)))
        .containsExactlyInAnyOrder(
            "/subject/fr control_character",
            "/start invalid_time",
            "/end wrong_type",
            "/place/commune unknown_commune",
            "/status unknown_value",
            "/participants/0 unknown_company",
            "/participants/1 unknown_company",
            "/participants/2 unknown_company",
            "/participants/3 unknown_company",
            "/participants/4 wrong_type",
            "/presenters/0/company unknown_company",
            "/presenters/1/company required",
            "/presenters/1/subject empty",
            "/presenters/2 required",
            "/presenters/3/targetMarkets/0 unknown_country",
            "/presenters/3/mark unknown_member",
            "/assessments unknown_member");
  }

  @Test
  void whoPresentsTakesPartAndOnce() {
    assertThat(
            mistakes(
                team.patchAt(
                    HELD,
                    "{\"presenters\": [{\"company\": \"capteurs-d-oc\", \"subject\": \"x\"}, {\"company\": \"sante-connectee\", \"subject\": \"y\"}]}")))
        .containsExactly("/presenters/1/company not_participant");
    assertThat(
            mistakes(
                team.patchAt(
                    HELD,
                    "{\"presenters\": [{\"company\": \"capteurs-d-oc\", \"subject\": \"x\"}, {\"company\": \"%s\", \"subject\": \"y\"}]}"
                        .formatted(Editor.CAPTEURS))))
        .containsExactly("/presenters/1/company repeated");
    assertThat(
            mistakes(
                team.patchAt(
                    HELD,
                    "{\"participants\": [\"%s\", \"%s\"]}".formatted(Editor.CAPTEURS, FINANCES))))
        .containsExactly("/presenters/1/company not_participant");
  }

  @Test
  void whoTakesPartMayStayWhatItBecomes() {
    fixture.sql("update company set publication = 'archived' where id = ?::uuid", PIXELS);
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid", PIXELS);

    team.patchAt(
            HELD,
            "{\"participants\": [\"%s\", \"%s\", \"%s\", \"%s\"]}"
                .formatted(Editor.CAPTEURS, FINANCES, PIXELS, SANTE))
        .then()
        .statusCode(200)
        .body("participants", contains(Editor.CAPTEURS, FINANCES, PIXELS, SANTE));
  }

  @Test
  void whoGaveOrReceivedAnAssessmentIsNotTakenOut() {
    Response withoutAssessor =
        team.patchAt(
            HELD, "{\"participants\": [\"%s\", \"%s\"]}".formatted(Editor.CAPTEURS, PIXELS));
    withoutAssessor
        .then()
        .statusCode(409)
        .body("errors.pointer", contains("/participants"))
        .body("errors.code", contains("has_assessments"));
    team.patchAt(
            HELD, "{\"presenters\": [{\"company\": \"%s\", \"subject\": \"x\"}]}".formatted(PIXELS))
        .then()
        .statusCode(409)
        .body("errors.pointer", contains("/presenters"));
    team.patchAt(HELD, "{\"participants\": [], \"presenters\": []}")
        .then()
        .statusCode(409)
        .body("errors.pointer", contains("/presenters", "/participants"));
    team.request()
        .header("If-Match", "*")
        .delete(HELD)
        .then()
        .statusCode(409)
        .body(
            "detail",
            equalTo(
                "Companies have given their assessments there, which stay: archive it (publication: archived)."));

    team.patchAt(
            HELD,
            "{\"presenters\": [{\"company\": \"%s\", \"subject\": \"Autre\"}], \"participants\": [\"%s\", \"%s\"]}"
                .formatted(Editor.CAPTEURS, Editor.CAPTEURS, FINANCES))
        .then()
        .statusCode(200);
    team.request()
        .get(HELD)
        .then()
        .body("participants", equalTo(2))
        .body("presenters.subject", contains("Autre"))
        .body("assessments", hasSize(1));
  }

  @Test
  void puttingBackWhatWasReadChangesNothing() {
    Response read = team.readAt(HELD);

    Response put =
        team.request().header("If-Match", read.header("ETag")).body(read.asString()).put(HELD);

    assertThat(put.statusCode()).as(put.asString()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(body(put)).isEqualTo(body(read));
    team.request().get(HELD).then().body("assessments", hasSize(1));
  }

  @Test
  void anEditNeedsTheVersionThatItWasMadeUponPrivateChangesIncluded() {
    String read = team.readAt(HELD).header("ETag");
    team.request().body("{}").patch(HELD).then().statusCode(428);
    team.request().delete(HELD).then().statusCode(428);
    fixture.sql(
        "update workshop_assessment set viability = 5 where viability_conclusion like '%Wombat%'");

    team.patchAt(HELD, read, "{\"status\": \"cancelled\"}").then().statusCode(412);
    team.patchAt(HELD, team.request().get(HELD).header("ETag"), "{\"status\": \"cancelled\"}")
        .then()
        .statusCode(200);
  }

  @Test
  void theSameKeyMakesOneWorkshop() {
    String key = UUID.randomUUID().toString();
    String workshop =
        "{\"subject\": {\"fr\": \"Unique\"}, \"start\": \"2027-06-01T09:00:00Z\", \"end\": \"2027-06-01T10:00:00Z\"}";

    Response first = team.request().header("Idempotency-Key", key).body(workshop).post(WORKSHOPS);
    Response second = team.request().header("Idempotency-Key", key).body(workshop).post(WORKSHOPS);

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(body(second)).isEqualTo(body(first));
    assertThat(body(first).path("publication").asText()).isEqualTo("draft");
    given().get(WORKSHOPS + "/" + first.path("id")).then().statusCode(404);
  }

  @Test
  void aWorkshopWithoutAssessmentsIsDeleted() {
    String planned = WORKSHOPS + "/0190a000-0000-7000-8000-0000000000b6";

    team.request()
        .header("If-Match", team.readAt(planned).header("ETag"))
        .delete(planned)
        .then()
        .statusCode(204);

    given().get(planned).then().statusCode(404);
    team.request()
        .get(planned + "/history?limit=1")
        .then()
        .body("data[0].before.presenters[0].subject", equalTo("Plan Tamarin"));
    assertThat(check.compare().differences()).isEmpty();
  }
}
