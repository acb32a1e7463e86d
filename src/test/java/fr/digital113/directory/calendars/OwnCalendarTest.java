package fr.digital113.directory.calendars;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.database.DatabaseOutage;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Addresses of one's own calendars: who has them, what they show, and that they can be taken back.
 */
@QuarkusTest
class OwnCalendarTest {
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";
  private static final String CALENDARS = "/v1/calendars";

  private final Editor team = Editor.team();
  private final Editor member = Editor.memberOf(SANTE);
  private final Editor lead = Editor.leadOf(Editor.CAPTEURS);

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    fixture.sql("delete from calendar_subscription");
  }

  private static String made(Editor owner) {
    Response made = owner.post(CALENDARS, "{\"label\": \"Téléphone\"}");
    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    return made.path("url");
  }

  private static String id(Editor owner) {
    return owner.request().get(CALENDARS).path("data[0].id");
  }

  @Test
  void showsItsAddressOnceAndKeepsOnlyAHash() {
    Response made = member.post(CALENDARS, "{\"label\": \"Téléphone\"}");

    made.then()
        .statusCode(201)
        .header("Cache-Control", "private, no-store")
        .body("url", matchesPattern("/v1/calendars/[A-Za-z0-9_-]{43}\\.ics"))
        .body("label", equalTo("Téléphone"))
        .body("company", equalTo(SANTE));
    String token = made.<String>path("url").replaceAll(".*/|\\.ics", "");
    member
        .request()
        .get(CALENDARS + "/" + made.path("id"))
        .then()
        .statusCode(200)
        .body("label", equalTo("Téléphone"))
        .body("lastUsedOn", nullValue())
        .body("$", not(org.hamcrest.Matchers.hasKey("url")));
    List<String> rows =
        jdbi.withHandle(
            database ->
                database
                    .createQuery("select s::text from calendar_subscription s")
                    .mapTo(String.class)
                    .list());
    assertThat(rows).hasSize(1).noneMatch(row -> row.contains(token));
  }

  @Test
  void makesOneForOneKeyAndShowsTheAddressToTheFirst() {
    Response first = member.request().header("Idempotency-Key", "k").body("{}").post(CALENDARS);
    Response second = member.request().header("Idempotency-Key", "k").body("{}").post(CALENDARS);

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.<String>path("id")).isEqualTo(first.<String>path("id"));
    assertThat(second.<String>path("url")).isNull();
  }

  @Test
  void showsWhatItsOwnerSeesWithoutOtherCredentials() {
    Response answer = given().header("Accept-Language", "fr").get(made(member));

    String calendar = CalendarTest.text(answer);
    assertThat(calendar)
        .contains("CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example.org/objets-secret")
        .contains("URL;VALUE=URI:https://visio.example.org/objets-secret")
        .contains(
            "SUMMARY:Réunion entre membres",
            "Compte rendu : https://notes.example.org/octobre-secret")
        .contains("SUMMARY:Soirée de lancement", "Table à secousses : Vendre")
        .doesNotContain("Brouillon", "archivée", "Zibeline", "Ancienne")
        .doesNotContain("Axolotl", "Ocelot", "Tamarin", "Quetzal", "Wombat", "Numbat");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("inline; filename=\"digital113.ics\"");
    assertThat(id(member)).isNotNull();
    member.request().get(CALENDARS).then().body("data[0].lastUsedOn", notNullValue());
  }

  @Test
  void repeatsItsTokenNowhere() {
    String url = made(member);
    String token = url.replaceAll(".*/|\\.ics", "");
    for (String path :
        List.of(
            url,
            url + "?factory=objets-connectes",
            url + "?factory=none",
            url.replace(".ics", ""),
            url.replace(".ics", "x.ics"))) {
      Response answer = given().redirects().follow(false).get(path);

      assertThat(answer.asString() + answer.headers()).as(path).doesNotContain(token);
    }
    given()
        .get(url.replace(".ics", "x.ics"))
        .then()
        .statusCode(404)
        .body("instance", equalTo("/v1/calendars/hidden"));
  }

  @Test
  void takesFiltersAndIsNotSentAgainToWhoHasIt() {
    String url = made(team);
    Response whole = given().get(url);
    String etag = whole.header("ETag");

    given()
        .header("If-None-Match", etag)
        .get(url)
        .then()
        .statusCode(304)
        .header("Cache-Control", "private, no-cache");
    given().head(url).then().statusCode(200).header("ETag", etag);
    assertThat(CalendarTest.text(given().get(url + "?factory=jeux-serieux")))
        .contains("Soirée de jeux")
        .doesNotContain("Réunion", "Table à secousses");
    given().get(url + "?factory=none").then().statusCode(400);
    fixture.sql("update meeting set link = 'https://visio.example.org/7' where link is not null");
    given().header("If-None-Match", etag).get(url).then().statusCode(200);
  }

  @Test
  void showsNothingOnceItIsTakenBack() {
    String url = made(member);
    String id = id(member);
    given().get(url).then().statusCode(200);

    lead.request().delete(CALENDARS + "/" + id).then().statusCode(404);
    lead.request().get(CALENDARS + "/" + id).then().statusCode(404);
    member.request().delete(CALENDARS + "/" + id).then().statusCode(204);
    given().get(url).then().statusCode(404);
    member.request().get(CALENDARS + "/" + id).then().statusCode(404);
    member.request().delete(CALENDARS + "/" + id).then().statusCode(404);
  }

  @Test
  void showsNothingOnceTheCompanyIsNoMemberAnyMore() {
    String url = made(member);
    fixture.sql("update membership set left_on = directory_today() where company = ?::uuid", SANTE);

    given().get(url).then().statusCode(404);
    member.post(CALENDARS, "{}").then().statusCode(403);
  }

  @Test
  void aCompanySharesItsOwnAndTheTeamSeesAll() {
    made(member);
    made(lead);
    made(team);

    Editor.leadOf(SANTE).request().get(CALENDARS).then().body("page.total", equalTo(1));
    lead.request().get(CALENDARS).then().body("data.company", contains(Editor.CAPTEURS));
    team.request().get(CALENDARS + "?limit=2").then().body("page.total", equalTo(3));
    String next = team.request().get(CALENDARS + "?limit=2").path("page.next");
    team.request()
        .urlEncodingEnabled(false)
        .get(next)
        .then()
        .body("data.company", contains(nullValue()));
    team.request().delete(CALENDARS + "/" + id(member)).then().statusCode(204);
    given().get(CALENDARS).then().statusCode(401);
    Editor.memberOf(Editor.ECRAN_VERT).post(CALENDARS, "{}").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "0190a000-0000-7000-8000-0000000000d5",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "%00",
        "..%2F..%2Fcalendar"
      })
  void knowsNoOtherAddress(String token) {
    made(member);

    assertThat(
            given().urlEncodingEnabled(false).get("/v1/calendars/" + token + ".ics").statusCode())
        .isIn(400, 404);
  }

  @Test
  void refusesALabelThatIsNone() {
    member
        .post(CALENDARS, "{\"label\": \"<b>x</b>\", \"colour\": 1}")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/label", "/colour"));
    member.request().contentType("application/json").post(CALENDARS).then().statusCode(201);
  }

  @Test
  void aCompanyHasTwentyAtMostHoweverManyAskAtOnce() throws Exception {
    for (int i = 0; i < 18; i++) {
      made(member);
    }
    ExecutorService many = Executors.newFixedThreadPool(4);
    try {
      Callable<Integer> one = () -> member.post(CALENDARS, "{}").statusCode();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : many.invokeAll(Collections.nCopies(5, one))) {
        statuses.add(each.get());
      }
      assertThat(statuses).containsExactlyInAnyOrder(201, 201, 409, 409, 409);
    } finally {
      many.shutdown();
    }
    made(lead);
  }

  @Test
  void goesOnWhileTheDatabaseIsAwayAndWritesDoNot() throws Exception {
    String url = made(member);
    String never = made(lead);
    given().get(url).then().statusCode(200);
    given().get("/v1/calendar.ics").then().statusCode(200);
    try (DatabaseOutage outage = DatabaseOutage.begin()) {
      assertThat(outage).isNotNull();
      given().get(url).then().statusCode(200);
      given().get("/v1/calendar.ics").then().statusCode(200);
      given().get("/v1/meetings?from=2026-01-01").then().statusCode(200);
      given().get(never).then().statusCode(503).header("Retry-After", "5");
      member.post(CALENDARS, "{}").then().statusCode(503);
      lead.post(
              "/v1/factories/objets-connectes/meetings",
              "{\"title\": {\"fr\": \"x\"}, \"start\": \"2027-02-02T18:00:00Z\", \"end\": \"2027-02-02T19:00:00Z\"}")
          .then()
          .statusCode(503);
    }
  }
}
