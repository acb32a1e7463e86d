package fr.digital113.directory.companies;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CompanyItemTest {
  private static final String CAPTEURS = "/v1/companies/capteurs-d-oc";
  private static final List<String> PUBLIC_READS =
      List.of(
          CAPTEURS,
          "/v1/companies?membership=any",
          "/v1/territories/toulouse/companies",
          "/v1/factories/objets-connectes",
          "/v1/factories/objets-connectes/companies",
          "/v1/sectors/iot",
          "/v1/cluster");

  @Inject Fixture fixture;
  @Inject DirectoryIndex index;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void answersTheWholeCompany() {
    Response answer = given().get(CAPTEURS);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("ETag"))
        .startsWith("\"" + answer.path("revision") + ".")
        .endsWith("\"");
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "company",
                "0190a000-0000-7000-8000-000000000001",
                """
                {
                  "id": "0190a000-0000-7000-8000-000000000001",
                  "slug": "capteurs-d-oc",
                  "name": "Capteurs d'Oc",
                  "legalName": "Capteurs d'Oc, société fictive",
                  "siren": "000000018",
                  "siret": "00000001800010",
                  "description": "Des capteurs pour les vignes.",
                  "website": "https://capteurs-d-oc.example.org/",
                  "email": "contact@capteurs-d-oc.example.org",
                  "phone": "+33536490001",
                  "commune": {"code": "31555", "name": "Toulouse"},
                  "address": "1 rue du Transistor",
                  "postalCode": "31000",
                  "location": {"lat": 43.6, "lon": 1.44, "precision": "address"},
                  "territories": [
                    {"code": "31555", "slug": "toulouse", "name": "Toulouse", "level": "commune"},
                    {"code": "243100518", "slug": "toulouse-metropole", "name": "Toulouse Métropole", "level": "epci"},
                    {"code": "31", "slug": "haute-garonne", "name": "Haute-Garonne", "level": "departement"},
                    {"code": "76", "slug": "occitanie", "name": "Occitanie", "level": "region"}
                  ],
                  "sectors": [
                    {"slug": "iot", "label": "Internet des objets"},
                    {"slug": "systemes-embarques", "label": "Systèmes embarqués"}
                  ],
                  "naf": {"code": "26.30Z", "nomenclature": "NAFRev2"},
                  "foundedYear": 2012,
                  "sizeClass": {"code": "12", "label": "20 à 49 salariés"},
                  "hiring": true,
                  "exportMarkets": ["DE", "ES"],
                  "logo": "https://capteurs-d-oc.example.org/logo.svg",
                  "social": {"linkedin": "https://social.example.org/capteurs-d-oc"},
                  "membership": {"status": "member", "joinedOn": "2012-03-01", "leftOn": null, "origin": "digitalplace"},
                  "publication": "published",
                  "factories": [
                    {"slug": "jeux-serieux", "name": "Factory Jeux sérieux", "role": "participant"},
                    {"slug": "objets-connectes", "name": "Factory Objets connectés", "role": "lead"}
                  ],
                  "source": {"name": "Digital113", "date": "$day"},
                  "updatedAt": "$updatedAt",
                  "revision": $revision
                }
                """));
  }

  @Test
  void answersACompanyKnownFromTheRegisterWithTheDayOfItsData() {
    Response answer = given().queryParam("lang", "en").get("/v1/companies/registre-logiciel");

    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "company",
                "0190a000-0000-7000-8000-000000000006",
                """
                {
                  "id": "0190a000-0000-7000-8000-000000000006",
                  "slug": "registre-logiciel",
                  "name": "Registre Logiciel",
                  "legalName": null,
                  "siren": "000000026",
                  "siret": "00000002600013",
                  "description": null,
                  "website": null,
                  "email": null,
                  "phone": null,
                  "commune": {"code": "81065", "name": "Castres"},
                  "address": null,
                  "postalCode": null,
                  "location": {"lat": 43.615651, "lon": 2.237872, "precision": "commune"},
                  "territories": [
                    {"code": "81065", "slug": "castres", "name": "Castres", "level": "commune"},
                    {"code": "248100430", "slug": "ca-de-castres-mazamet", "name": "CA de Castres Mazamet", "level": "epci"},
                    {"code": "81", "slug": "tarn", "name": "Tarn", "level": "departement"},
                    {"code": "76", "slug": "occitanie", "name": "Occitanie", "level": "region"}
                  ],
                  "sectors": [{"slug": "services-numeriques", "label": "Digital services and consulting"}],
                  "naf": {"code": "62.01Z", "nomenclature": "NAFRev2"},
                  "foundedYear": null,
                  "sizeClass": {"code": "02", "label": "3 to 5 employees"},
                  "hiring": false,
                  "exportMarkets": [],
                  "logo": null,
                  "social": {},
                  "membership": {"status": "none", "joinedOn": null, "leftOn": null, "origin": null},
                  "publication": "published",
                  "factories": [],
                  "source": {"name": "Insee, base Sirene", "date": "2026-10-01"},
                  "updatedAt": "$updatedAt",
                  "revision": $revision
                }
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0190a000-0000-7000-8000-000000000001",
        "0190A000-0000-7000-8000-000000000001",
        "capteurs-d-oc",
        "000000018",
        "00000001800010"
      })
  void findsACompanyByIdSlugSirenAndSiret(String ref) {
    given()
        .get("/v1/companies/{ref}", ref)
        .then()
        .statusCode(200)
        .body("slug", equalTo("capteurs-d-oc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "projet-secret",
        "0190a000-0000-7000-8000-000000000007",
        "000000034",
        "maison-fermee",
        "0190a000-0000-7000-8000-000000000008",
        "000000042"
      })
  void answersForADraftOrAnArchivedCompanyAsForAnAbsentOne(String ref) {
    assertThat(refusal(ref)).isEqualTo(refusal("absent"));
  }

  @Test
  void showsACompanyFromTheMomentThatItIsPublishedUntilItIsArchived() {
    fixture.sql("update company set publication = 'published' where slug = 'projet-secret'");
    assertThat(given().get("/v1/companies/projet-secret").statusCode()).isEqualTo(200);

    fixture.sql("update company set publication = 'archived' where slug = 'projet-secret'");
    assertThat(given().get("/v1/companies/projet-secret").statusCode()).isEqualTo(404);
    assertThat(given().get("/v1/companies").<List<String>>path("data.slug"))
        .doesNotContain("projet-secret");
  }

  @Test
  void neverTellsTheHeadcount() {
    fixture.sql("update company set headcount = 31415 where slug = 'capteurs-d-oc'");

    for (String read : PUBLIC_READS) {
      assertThat(given().get(read).asString()).as(read).doesNotContain("headcount", "31415");
    }
  }

  @Test
  void aChangeOfHeadcountWithinItsClassMovesNothingPublic() {
    List<String> before = PUBLIC_READS.stream().map(CompanyItemTest::answer).toList();
    long applied = appliedRevision();

    fixture.sql("update company set headcount = 38 where slug = 'capteurs-d-oc'");

    assertThat(appliedRevision()).isEqualTo(applied + 1);
    assertThat(PUBLIC_READS.stream().map(CompanyItemTest::answer).toList()).isEqualTo(before);
  }

  @Test
  void aChangeOfSizeClassMovesTheCompanyAndNoOther() {
    String other = answer("/v1/companies/pixels-mediterranee");
    int revision = given().get(CAPTEURS).path("revision");

    fixture.sql("update company set headcount = 50 where slug = 'capteurs-d-oc'");

    Response moved = given().get(CAPTEURS);
    assertThat(moved.<String>path("sizeClass.code")).isEqualTo("21");
    assertThat(moved.<Integer>path("revision")).isGreaterThan(revision);
    assertThat(answer("/v1/companies/pixels-mediterranee")).isEqualTo(other);
  }

  private ObjectNode refusal(String ref) {
    Response answer = given().get("/v1/companies/{ref}", ref);
    assertThat(answer.statusCode()).isEqualTo(404);
    ObjectNode problem = (ObjectNode) Fixture.parsed(answer.asString());
    problem.remove("instance");
    return problem;
  }

  private static String answer(String path) {
    Response answer = given().get(path);
    return answer.header("ETag") + "\n" + answer.asString();
  }

  private long appliedRevision() {
    try (Snapshot snapshot = index.acquire()) {
      return snapshot.appliedRevision();
    }
  }
}
