package fr.digital113.directory.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Copy;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of the directory: a snapshot, then what changed since. */
@QuarkusTest
class DeltaSyncTest {
  private static final String CAPTEURS = "0190a000-0000-7000-8000-000000000001";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String SECRET = "0190a000-0000-7000-8000-000000000007";

  @Inject Fixture fixture;

  @BeforeEach
  void load() {
    fixture.load();
  }

  @Test
  void copiesWhatTheListShowsWithCodesAndAllLanguages() {
    Copy copy = Copy.of("types=company");

    assertThat(copy.items().keySet())
        .containsExactly(
            "company " + CAPTEURS,
            "company " + FINANCES,
            "company " + PIXELS,
            "company 0190a000-0000-7000-8000-000000000005");
    assertThat(copy.items().get("company " + CAPTEURS))
        .isEqualTo(
            fixture.item(
                "company",
                CAPTEURS,
                """
                {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc",
                 "legalName": "Capteurs d'Oc, société fictive", "siren": "000000018", "siret": "00000001800010",
                 "description": {"fr": "Des capteurs pour les vignes.", "en": "Sensors for vineyards."},
                 "website": "https://capteurs-d-oc.example.org/", "email": "contact@capteurs-d-oc.example.org",
                 "phone": "+33536490001", "commune": "31555", "address": "1 rue du Transistor", "postalCode": "31000",
                 "location": {"lat": 43.6, "lon": 1.44, "precision": "address"},
                 "sectors": ["iot", "systemes-embarques"], "naf": {"code": "26.30Z", "nomenclature": "NAFRev2"},
                 "foundedYear": 2012, "sizeClass": "12", "hiring": true, "exportMarkets": ["DE", "ES"],
                 "logo": "https://capteurs-d-oc.example.org/logo.svg",
                 "social": {"linkedin": "https://social.example.org/capteurs-d-oc"},
                 "membership": {"status": "member", "joinedOn": "2012-03-01", "leftOn": null, "origin": "digitalplace"},
                 "factories": [{"id": "0190a000-0000-7000-8000-0000000000f1", "role": "lead"},
                               {"id": "0190a000-0000-7000-8000-0000000000f3", "role": "participant"}],
                 "publication": "published", "source": {"name": "Digital113", "date": "$day"},
                 "updatedAt": "$updatedAt", "revision": $revision}
                """));
  }

  @Test
  void copiesEveryTypePageByPage() {
    Copy whole = Copy.of("types=company,factory,sector,cluster&membership=any");
    Copy byTwo = Copy.of("types=cluster,sector,company,factory&membership=any&limit=2");

    assertThat(byTwo.items()).isEqualTo(whole.items());
    assertThat(whole.items().keySet().stream().map(key -> key.split(" ", -1)[0]).distinct())
        .containsExactlyInAnyOrder("company", "factory", "sector", "cluster");
  }

  @Test
  void tellsNothingWhenNothingPublicChanged() {
    Copy copy = Copy.of("membership=any&types=company,factory");
    fixture.sql("update company set headcount = 38 where slug = 'capteurs-d-oc'");
    fixture.sql("update company set name = 'Encore Secret' where slug = 'projet-secret'");
    fixture.sql("delete from membership where company = ?::uuid", SECRET);
    fixture.sql("delete from company where slug = 'projet-secret'");

    assertThat(copy.follow()).isEmpty();
  }

  @Test
  void tellsEachChangeOnceAndInCommitOrder() {
    Copy copy = Copy.of("types=company,sector");
    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");
    fixture.sql("update sector set label_en = 'Things' where slug = 'iot'");
    fixture.sql("update company set name = 'Pixels' where slug = 'pixels-mediterranee'");
    fixture.sql("update company set hiring = true where slug = 'capteurs-d-oc'");
    fixture.sql("update company set phone = '+33536490009' where slug = 'capteurs-d-oc'");

    assertThat(copy.follow())
        .containsExactly("put sector iot", "put company " + PIXELS, "put company " + CAPTEURS);
    assertThat(copy.follow()).isEmpty();
    copy.assertIsFresh();
  }

  @Test
  void tellsWhatLeftTheFilterAndWhy() {
    Copy copy = Copy.of("types=company&sector=iot&membership=any");
    assertThat(copy.items()).hasSize(2);
    fixture.sql("delete from company_sector where company = ?::uuid and sector = 'iot'", FINANCES);
    fixture.sql("update company set publication = 'archived' where slug = 'capteurs-d-oc'");
    fixture.sql(
        "insert into company_sector (company, sector, position) values (?::uuid, 'iot', 9)",
        PIXELS);

    assertThat(copy.follow())
        .containsExactly(
            "left_filter company " + FINANCES,
            "unpublished company " + CAPTEURS,
            "put company " + PIXELS);
    copy.assertIsFresh();
  }

  @Test
  void tellsOfACompanyThatIsGone() {
    fixture.sql(
        "insert into company (id, slug, name, commune, publication, source) values"
            + " ('0190a000-0000-7000-8000-0000000000d1', 'passagere', 'Passagère', '31555', 'published', 'cluster')");
    Copy copy = Copy.of("types=company&membership=none");
    fixture.sql("delete from company where slug = 'passagere'");

    assertThat(copy.follow())
        .containsExactly("deleted company 0190a000-0000-7000-8000-0000000000d1");
  }

  @Test
  void isSilentOnCompaniesThatTheFilterNeverFound() {
    Copy copy = Copy.of("types=company&sector=iot");
    fixture.sql("update company set name = 'Pixels' where slug = 'pixels-mediterranee'");
    fixture.sql("update company set name = 'Écran' where slug = 'ecran-vert'");
    fixture.sql("update company set publication = 'archived' where slug = 'pixels-mediterranee'");

    assertThat(copy.follow()).isEmpty();
  }

  @Test
  void tellsOfWhatCameAndLeftWhileTheSnapshotWasRead() {
    String first =
        given().get("/v1/changes?types=company&membership=any&limit=3").path("page.next");
    fixture.sql("update company set publication = 'published' where slug = 'projet-secret'");
    String second = given().urlEncodingEnabled(false).get(first).path("page.next");
    JsonNode last = Fixture.parsed(given().urlEncodingEnabled(false).get(second).asString());
    assertThat(last.findValuesAsText("id")).contains(SECRET);
    fixture.sql("update company set publication = 'draft' where slug = 'projet-secret'");

    JsonNode delta =
        Fixture.parsed(
            given().urlEncodingEnabled(false).get(last.path("delta").asText()).asString());
    assertThat(delta.path("data").get(0).path("id").asText()).isEqualTo(SECRET);
    assertThat(delta.path("data").get(0).path("removed").path("reason").asText())
        .isEqualTo("unpublished");
  }

  @Test
  void namesNoUnpublishedLeadOfAFactory() {
    Copy copy = Copy.of("types=factory");
    fixture.sql("update company set publication = 'archived' where slug = 'capteurs-d-oc'");

    assertThat(copy.follow()).contains("put factory 0190a000-0000-7000-8000-0000000000f1");
    assertThat(copy.items().toString()).doesNotContain(CAPTEURS);
    fixture.sql("update company set publication = 'published' where slug = 'capteurs-d-oc'");
    copy.follow();
    assertThat(copy.items().toString()).contains(CAPTEURS);
  }

  @Test
  void followsTheDayOfAMembership() {
    Copy copy = Copy.of("types=company");
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid", PIXELS);

    assertThat(copy.follow()).containsExactly("left_filter company " + PIXELS);
  }

  /** Whatever happens to the directory, a copy that follows equals a new one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "membership=any",
        "types=company",
        "types=company,sector&sector=iot,fintech&limit=1",
        "types=company,factory&factory=objets-connectes&membership=member,former",
        "types=company&territory=31&hiring=true&limit=3",
        "types=company&near=43.6,1.44&radius=60&membership=any",
        "types=company&q=capteurs&membership=any",
        "types=company&sizeClass=12,21&exportMarket=DE&joinedAfter=2012-01-01"
      })
  void equalsANewCopyAfterAnyChanges(String parameters) {
    Random random = new Random(113);
    Copy copy = Copy.of(parameters);
    List<String> statements =
        List.of(
            "update company set hiring = not hiring where slug = '%s'",
            "update company set publication = 'archived' where slug = '%s'",
            "update company set publication = 'published' where slug = '%s'",
            "update company set commune = '30189' where slug = '%s'",
            "update company set commune = '31555', latitude = 43.6, longitude = 1.4 where slug = '%s'",
            "update company set description_fr = 'Des capteurs.' where slug = '%s'",
            "update company set headcount = 60, export_markets = '{DE}' where slug = '%s'",
            "delete from company_sector s using company c where c.id = s.company and c.slug = '%s'",
            "insert into company_sector select id, 'iot', 3 from company where slug = '%s' on conflict do nothing",
            "update membership m set left_on = null from company c where c.id = m.company and c.slug = '%s'",
            "update membership m set left_on = '2026-01-01' from company c where c.id = m.company and c.slug = '%s'"
                + " and m.joined_on < '2026-01-01'",
            "insert into factory_participant select f.id, c.id from factory f, company c"
                + " where f.slug = 'objets-connectes' and c.slug = '%s' on conflict do nothing",
            "delete from factory_participant p using company c where c.id = p.company and c.slug = '%s'");
    List<String> companies =
        List.of(
            "capteurs-d-oc",
            "ecran-vert",
            "pixels-mediterranee",
            "sante-connectee",
            "registre-logiciel",
            "projet-secret");
    for (int round = 0; round < 12; round++) {
      for (int i = 0; i < 4; i++) {
        String statement = statements.get(random.nextInt(statements.size()));
        fixture.sql(statement.formatted(companies.get(random.nextInt(companies.size()))));
      }
      copy.follow();
      copy.assertIsFresh();
    }
  }

  @Test
  void needsNoFilterBesideATokenAndRefusesAnother() {
    String delta = Copy.of("types=company&sector=iot,fintech").delta();

    assertThat(get(delta).statusCode()).isEqualTo(200);
    assertThat(get(delta + "&sector=fintech,iot&types=company").statusCode()).isEqualTo(200);
    Response other = get(delta + "&sector=iot&types=company");
    assertThat(other.statusCode()).isEqualTo(410);
    assertThat(other.<String>path("type")).isEqualTo("/problems/sync-token-expired");
    assertThat(other.header("Link"))
        .isEqualTo("</v1/changes?sector=iot&types=company>; rel=\"first\"");
  }

  @Test
  void refusesATokenOfARestoredDatabase() {
    Copy copy = Copy.of("types=sector");
    fixture.sql("update epoch set id = gen_random_uuid(), since = now()");

    Response answer = get(copy.delta());
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(get(Objects.requireNonNull(startOf(answer))).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesATokenOfBeforeTheHorizonOfTheLog() {
    Copy copy = Copy.of("types=company");
    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");
    fixture.sql("update log_horizon set public = (select max(revision) from revision)");
    try {
      assertThat(get(copy.delta()).statusCode()).isEqualTo(410);
      assertThat(get(Copy.of("types=company").delta()).statusCode()).isEqualTo(200);
    } finally {
      fixture.sql("update log_horizon set public = 0");
    }
  }

  @Test
  void beginsAgainWhenNamesOfOthersDecide() {
    Copy searching = Copy.of("types=company&q=capteurs");
    Copy plain = Copy.of("types=company,sector");
    fixture.sql("update sector set label_fr = label_fr || '.' where slug = 'fintech'");

    assertThat(get(searching.delta()).statusCode()).isEqualTo(410);
    assertThat(plain.follow()).containsExactly("put sector fintech");
  }

  @Test
  void beginsAgainWhenAPlaceMoves() {
    Copy copy = Copy.of("types=company");
    fixture.sql("update territory set french_tech = not french_tech where code = '30189'");
    assertThat(copy.follow()).isEmpty();
    fixture.sql("update territory set latitude = latitude + 0.01 where code = '30189'");

    assertThat(get(copy.delta()).statusCode()).isEqualTo(410);
    fixture.sql("update territory set latitude = latitude - 0.01 where code = '30189'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "AAAA",
        "-",
        "é",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void refusesWhatIsNoToken(String token) {
    Response answer = given().queryParam("token", token).get("/v1/changes");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("errors[0].parameter")).isEqualTo("token");
  }

  @Test
  void refusesATokenThatSomebodyHasChanged() {
    String delta = Copy.of("types=sector").delta();
    String token = delta.substring(delta.indexOf('=') + 1);
    for (int at : List.of(0, 20, 40, token.length() / 2, token.length() - 2)) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, at) + other + token.substring(at + 1);
      assertThat(get("/v1/changes?token=" + changed).statusCode()).as("at %d", at).isEqualTo(400);
    }
  }

  @Test
  void refusesParametersThatMakeNoSense() {
    Map<String, String> codes =
        Map.of(
            "types=gathering", "unknown_value",
            "sort=name", "unknown_parameter",
            "sector=nothing", "unknown_value",
            "cursor=x", "unknown_parameter",
            "limit=201", "out_of_range",
            "fields=name", "unknown_parameter");
    codes.forEach(
        (parameters, code) -> {
          Response answer = given().get("/v1/changes?" + parameters);
          assertThat(answer.statusCode()).as(parameters).isEqualTo(400);
          assertThat(answer.<String>path("errors[0].code")).as(parameters).isEqualTo(code);
        });
  }

  private static Response get(String link) {
    return given().urlEncodingEnabled(false).get(link);
  }

  private static String startOf(Response answer) {
    return answer.header("Link").replaceFirst("^<(.*)>.*$", "$1");
  }
}
