package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body must be before its members count. */
@QuarkusTest
class BodyTest {
  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private void assertMalformed(String body, String reason) {
    team.post("/v1/companies", body)
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/malformed-request"))
        .body("detail", containsString(reason));
  }

  @Test
  void refusesWhatIsNoJson() {
    assertMalformed("{\"name\": ", "not JSON (line 1");
    assertMalformed("", "empty");
    assertMalformed("{} {}", "not JSON");
    assertMalformed("{\"name\": \"a\", \"name\": \"b\"}", "given twice");
    assertMalformed("[".repeat(21) + "]".repeat(21), "more than 20 levels");
  }

  @Test
  void refusesWhatIsNoObject() {
    Response refused = team.post("/v1/companies", "[1]");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<String>path("errors[0].pointer")).isEmpty();
    assertThat(refused.<String>path("errors[0].code")).isEqualTo("wrong_type");
    assertThat(team.patch("capteurs-d-oc", "null").statusCode()).isEqualTo(422);
  }

  @Test
  void refusesWhatIsTooLarge() {
    team.post("/v1/companies", "{\"name\": \"" + "a".repeat(1024 * 1024) + "\"}")
        .then()
        .statusCode(413);
  }

  @Test
  void refusesOtherTypesOfContent() {
    team.request()
        .contentType("text/plain")
        .body("{}")
        .post("/v1/companies")
        .then()
        .statusCode(415);
    team.request()
        .contentType("application/merge-patch+json")
        .body("{}")
        .post("/v1/companies")
        .then()
        .statusCode(415);
  }

  @Test
  void textsAreNotLongerThanTheDatabaseHasThem() {
    Response refused = team.patch("capteurs-d-oc", "{\"name\": \"" + "é".repeat(201) + "\"}");

    assertThat(refused.<String>path("errors[0].code")).isEqualTo("too_long");
    team.patch("capteurs-d-oc", "{\"name\": \"" + "é".repeat(200) + "\"}").then().statusCode(200);
  }

  @Test
  void takesComparisonsAndRefusesTags() {
    team.patch("capteurs-d-oc", "{\"description\": {\"fr\": \"3 < 5 & <3\"}}")
        .then()
        .statusCode(200);
    for (String html : new String[] {"<b>", "</b", "<!--", "<script"}) {
      team.patch("capteurs-d-oc", "{\"description\": {\"fr\": \"%s\"}}".formatted(html))
          .then()
          .statusCode(422)
          .body("errors[0].pointer", equalTo("/description/fr"))
          .body("errors[0].code", equalTo("html"));
    }
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    team.request()
        .body(new byte[] {'"', (byte) 0xE9, '"'})
        .post("/v1/companies")
        .then()
        .statusCode(400);
  }

  @Test
  void refusesARequestWithoutABody() {
    team.request().post("/v1/companies").then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u202A", "\\u202E", "\\u2066", "\\u2069"})
  void refusesWhatTurnsTheDirectionOfText(String control) {
    team.patch("capteurs-d-oc", "{\"name\": \"a" + control + "b\"}")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/name"))
        .body("errors[0].code", equalTo("control_character"));
  }

  @Test
  void theEntryNamesTheFeed() {
    team.request().get("/v1").then().body("_links.changes.href", equalTo("/v1/changes"));
  }

  @Test
  void refusesHalfCharacters() {
    team.patch("capteurs-d-oc", "{\"name\": \"a\\ud800b\"}").then().statusCode(422);
  }
}
