package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's e-mail and phone are shown as the person agreed, and not otherwise. */
@QuarkusTest
class ConsentTest {
  private static final String PATH = "/v1/companies/capteurs-d-oc";
  private static final String EMAIL = "contact@capteurs-d-oc.example.org";
  private static final String PHONE = "+33536490001";

  private final Editor team = Editor.team();
  private final Editor member = Editor.memberOf(Editor.CAPTEURS);

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static ValidatableResponse patched(Editor editor, String body) {
    return editor.patch("capteurs-d-oc", body).then();
  }

  private static ValidatableResponse shown() {
    return given().get(PATH).then().statusCode(200);
  }

  @Test
  void showsAPersonsContactOnlyWithItsConsent() {
    patched(member, "{\"personalContact\": {\"email\": {\"consentedOn\": null}}}")
        .statusCode(200)
        .body("email", equalTo(EMAIL))
        .body("personalContact.email.consentedOn", nullValue());
    shown().body("email", nullValue()).body("phone", equalTo(PHONE));

    patched(member, "{\"personalContact\": {\"email\": {\"consentedOn\": \"2026-01-05\"}}}")
        .statusCode(200)
        .body("personalContact.email.consentedOn", equalTo("2026-01-05"));
    shown().body("email", equalTo(EMAIL));

    patched(team, "{\"personalContact\": {\"email\": {\"consentedOn\": null}}}").statusCode(200);
    shown().body("email", nullValue());
    List<String> history = team.request().get(PATH + "/history").path("data.changed.flatten()");
    assertThat(history).contains("/personalContact/email/consentedOn");
  }

  @Test
  void neverShowsTheConsentItself() {
    patched(team, "{\"personalContact\": {\"phone\": {\"consentedOn\": \"2026-01-05\"}}}");

    for (String path :
        List.of(PATH, "/v1/companies", "/v1/companies?format=ndjson", "/v1/companies?format=csv")) {
      assertThat(given().get(path).asString()).doesNotContain("personalContact", "2026-01-05");
    }
  }

  @Test
  void isForOneValue() {
    patched(team, "{\"personalContact\": {\"email\": {\"consentedOn\": \"2026-01-05\"}}}");

    patched(member, "{\"email\": \"autre@capteurs-d-oc.example.org\"}")
        .body("personalContact.email.consentedOn", nullValue());
    shown().body("email", nullValue());
    patched(
        member,
        "{\"email\": \"a@example.org\", \"personalContact\": {\"email\": {\"consentedOn\": \"2026-02-01\"}}}");
    shown().body("email", equalTo("a@example.org"));
    fixture.sql("update company set email = 'sql@example.org' where slug = 'capteurs-d-oc'");
    shown().body("email", nullValue());
    patched(team, "{\"personalContact\": {\"email\": {\"personal\": false}}}")
        .body("personalContact.size()", equalTo(0));
    shown().body("email", equalTo("sql@example.org"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"personalContact\": null}",
        "{\"personalContact\": {\"email\": null}}",
        "{\"personalContact\": {\"email\": {\"consentedOn\": null}}}"
      })
  void isWithdrawnByNull(String patch) {
    for (Editor editor : List.of(team, member)) {
      patched(editor, "{\"personalContact\": {\"email\": {\"consentedOn\": \"2026-01-05\"}}}");
      patched(editor, patch)
          .statusCode(200)
          .body("email", equalTo(EMAIL))
          .body("personalContact", hasKey("email"))
          .body("personalContact.email.consentedOn", nullValue());
      shown().body("email", nullValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null"})
  void isWithdrawnByAPutThatLeavesItOut(String contact) {
    patched(team, "{\"personalContact\": {\"email\": {\"consentedOn\": \"2026-01-05\"}}}");

    team.request()
        .header("If-Match", "*")
        .body(
            "{\"name\": \"Capteurs d'Oc\", \"commune\": \"31555\", \"sectors\": [\"iot\"], \"email\": \"%s\", \"personalContact\": %s}"
                .formatted(EMAIL, contact))
        .put(PATH)
        .then()
        .statusCode(200)
        .body("personalContact", hasKey("email"))
        .body("personalContact.email.consentedOn", nullValue());
    shown().body("email", nullValue());
  }

  @Test
  void staysWhenAnEditorSaysNothingOfIt() {
    patched(team, "{\"personalContact\": {\"email\": {\"consentedOn\": null}}}");

    team.request()
        .header("If-Match", "*")
        .body(
            "{\"name\": \"Capteurs d'Oc\", \"commune\": \"31555\", \"sectors\": [\"iot\"], \"email\": \"%s\"}"
                .formatted(EMAIL))
        .put(PATH)
        .then()
        .statusCode(200)
        .body("email", equalTo(EMAIL))
        .body("personalContact.email.consentedOn", nullValue());
    shown().body("email", nullValue());
  }

  @Test
  void isADayThatHasCome() {
    LocalDate tomorrow = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(1);
    patched(
            team,
            "{\"personalContact\": {\"email\": {\"consentedOn\": \"%s\", \"by\": 1}, \"fax\": {}}}"
                .formatted(tomorrow))
        .statusCode(422)
        .body(
            "errors.collect { it.pointer + ' ' + it.code }",
            contains(
                "/personalContact/fax unknown_member",
                "/personalContact/email/consentedOn in_the_future",
                "/personalContact/email/by unknown_member"));
    patched(team, "{\"personalContact\": {\"email\": {\"consentedOn\": \"0000-01-01\"}}}")
        .statusCode(422)
        .body("errors.code", contains("out_of_range"));
    fixture.sql(
        "update company set personal_contact = '{\"email\": {\"consentedOn\": \"2999-01-01\"}}'"
            + " where slug = 'capteurs-d-oc'");
    shown().body("email", nullValue());
  }
}
