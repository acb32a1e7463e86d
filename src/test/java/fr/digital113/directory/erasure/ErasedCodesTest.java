package fr.digital113.directory.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.IndexCheck;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Places, subjects and codes are called as people are, and stay whoever is erased. */
@QuarkusTest
class ErasedCodesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject IndexCheck check;

  private String cluster = "";

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    cluster = rows("select document::text from cluster").get(0);
  }

  @AfterEach
  void theClusterAgain() {
    fixture.sql("update cluster set document = ?::jsonb, name = 'Digital113'", cluster);
    fixture.load();
  }

  private List<String> rows(String query) {
    return jdbi.withHandle(database -> database.createQuery(query).mapTo(String.class).list());
  }

  private Response erase(String person) {
    return team.post("/v1/erasures", "{%s, \"reason\": \"request\"}".formatted(person));
  }

  private void assertLogAndContentAgree() {
    for (String type : rows("select type from aggregate_type")) {
      String view =
          rows("select view::text from aggregate_type where type = '" + type + "'").get(0);
      assertThat(
              rows(
                  """
                  select v.id from %1$s v
                  left join lateral (select document from audit_image where type = '%2$s' and id = v.id
                    order by revision desc limit 1) a on true
                  left join lateral (select document from public_change where type = '%2$s' and id = v.id
                    order by revision desc limit 1) p on true
                  where a.document is distinct from v.document or p.document is distinct from v.public_document
                  """
                      .formatted(view, type)))
          .as(type)
          .isEmpty();
    }
    assertThat(check.compare().differences()).isEmpty();
  }

  /** Each state that the log has of each place and subject, but for labels. */
  private Set<String> reference() {
    Set<String> all = new HashSet<>();
    for (String log : List.of("audit_image", "public_change")) {
      all.addAll(
          rows(
              """
              select id || ' ' || (document - case when type = 'sector' then 'label' else '' end)::text
              from %s where type in ('territory', 'sector')
              """
                  .formatted(log)));
    }
    return all;
  }

  /** Each set of codes that the log has of each item. */
  private Set<String> codes() {
    return new HashSet<>(
        rows(
            """
            select concat_ws(' ', id, document -> 'sectors', document -> 'memberships', document -> 'exportMarkets',
              document -> 'commune', document -> 'factories' -> 'count', document -> 'leads',
              jsonb_path_query_array(document, '$.otherSectors[*].slug'), jsonb_path_query_array(document, '$.**.code'))
            from audit_image where type in ('company', 'factory', 'cluster') and document is not null
            """));
  }

  @Test
  void stayWhoeverIsErased() {
    fixture.sql(
        "update company set description_fr = 'Par Paul Saint, jeux vidéo.' where slug = 'capteurs-d-oc'");
    fixture.sql(
        "update company set description_fr = 'Par un autre Paul Saint.' where slug = 'capteurs-d-oc'");
    Set<String> reference = reference();
    Set<String> codes = codes();
    assertThat(reference).anyMatch(each -> String.valueOf(each).contains("saint-paul-de-baise"));
    String everyTerritoryAndSector =
        rows(
                """
                (select name from territory where name ~ '^[A-Za-z]+-[A-Za-z]+$' order by code limit 8)
                union all (select replace(slug, '-', ' ') from sector where slug like '%-%' order by slug limit 8)
                """)
            .stream()
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", "));

    erase(
            "\"names\": [\"Paul Saint\"], \"texts\": [\"Jeux Vidéo\", %s]"
                .formatted(everyTerritoryAndSector))
        .then()
        .statusCode(201);

    assertThat(reference().equals(reference)).as("places and subjects").isTrue();
    assertThat(codes().equals(codes)).as("codes").isTrue();
    assertThat(rows("select document::text from audit_image where type = 'company'").toString())
        .doesNotContain("Paul Saint");
    assertLogAndContentAgree();
    given().get("/v1/territories/saint-paul-de-baise").then().statusCode(200);
    team.post(
            "/v1/erasures",
            "{\"names\": [\"Paul Saint\"], \"texts\": [\"Jeux Vidéo\"], \"dryRun\": true}")
        .then()
        .statusCode(200)
        .body("total", equalTo(0));
  }

  @Test
  void whatStoodAroundAPersonIsNotThePersonOnceMore() {
    fixture.sql(
        "update company set description_fr = 'Odile Odile Quatremain Quatremain.' where slug = 'capteurs-d-oc'");

    erase("\"names\": [\"Odile Quatremain\"]").then().statusCode(201);

    team.read("capteurs-d-oc").then().body("description.fr", equalTo("[…]."));
    assertLogAndContentAgree();
  }

  @Test
  void theClusterStaysWhatItsContractSays() {
    fixture.sql(
        """
        update cluster set document = document
          || '{"licence": {"name": "Odile Quatremain", "url": "https://odile-quatremain.example.org/", "appliesTo": {"fr": "odile@quatremain.example", "en": "x"}}}'
          || '{"referenceFigures": [{"code": "odile-quatremain", "label": {"fr": "odile@quatremain.example", "en": "05 36 49 66 21"},
                "value": 1, "date": "2024", "source": "https://example.org/odile-quatremain"}]}'
          || jsonb_build_object('otherSectors', document -> 'otherSectors' || '[{"slug": "odile-quatremain", "label": {"fr": "x", "en": "x"}}]')
        """);

    erase(
            "\"names\": [\"Odile Quatremain\"], \"emails\": [\"odile@quatremain.example\"], \"phones\": [\"0536496621\"]")
        .then()
        .statusCode(201);

    for (String language : List.of("fr", "en")) {
      given() // the contract is checked by the filter
          .header("Accept-Language", language)
          .get("/v1/cluster")
          .then()
          .statusCode(200)
          .body("licence.url", equalTo("https://www.etalab.gouv.fr/licence-ouverte-open-licence/"))
          .body("licence.name", equalTo("[…]"))
          .body("referenceFigures[0].code", equalTo("odile-quatremain"))
          .body("referenceFigures[0].label", equalTo("[…]"))
          .body("referenceFigures[0].source", equalTo("https://example.org/[…]"))
          .body("otherSectors.slug[-1]", equalTo("odile-quatremain"));
    }
    assertLogAndContentAgree();
  }

  @Test
  void everyMemberOfEveryDocumentIsClassified() throws JsonProcessingException {
    fixture.sql(
        "update company set slug = 'capteurs-oc', personal_contact = '{\"email\": {\"consentedOn\": null}}' where slug = 'capteurs-d-oc'");
    team.post(
        "/v1/partners", "{\"name\": \"Classeur\", \"contact\": \"contact@classeur.example\"}");
    TreeSet<String> unknown = new TreeSet<>();
    jdbi.useHandle(
        database ->
            database
                .createQuery(
                    "select type, document::text from audit_image where document is not null")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(
                    each -> {
                      JsonNode document = Fixture.parsed(each.getValue());
                      walk(document, each.getKey(), "", false, unknown);
                    }));
    walk(MAPPER.readTree(cluster), "cluster", "", false, unknown);
    assertThat(unknown).isEmpty();
  }

  private static void walk(
      JsonNode node, String type, String path, boolean known, Set<String> unknown) {
    DocumentMembers.Members members = DocumentMembers.of(type);
    boolean is = known || members.kind(path) != null;
    if (node.isValueNode() && !is) {
      unknown.add(type + " " + path);
    }
    String below = path.isEmpty() ? "" : path + ".";
    if (node.isArray()) {
      node.forEach(each -> walk(each, type, below + "*", is, unknown));
    }
    boolean map = members.kind(below + "*") != null;
    node.properties()
        .forEach(
            each -> walk(each.getValue(), type, below + (map ? "*" : each.getKey()), is, unknown));
  }

  @Test
  void aKeyStaysBoundToPagesWhenItsSiteNamesSomebody() {
    String partner =
        team.post("/v1/partners", "{\"name\": \"Sites\", \"contact\": \"contact@sites.example\"}")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    team.post(
            "/v1/partners/" + partner + "/keys",
            "{\"label\": \"Site\", \"origins\": [\"https://odile-quatremain.example\"]}")
        .then()
        .statusCode(201);

    erase("\"names\": [\"Odile Quatremain\"]")
        .then()
        .statusCode(201)
        .body("places.find { it.name == 'api_key.origins' }.rows", equalTo(1));

    assertThat(rows("select origins::text from api_key where partner = '" + partner + "'"))
        .containsExactly("{https://erased.invalid}");
    assertThat(rows("select document::text from audit_image where type = 'api_key'").toString())
        .contains("https://erased.invalid")
        .doesNotContain("odile-quatremain");
    assertLogAndContentAgree();
    fixture.sql("delete from partner where id = ?::uuid", partner);
  }

  @Test
  void writesMoreRowsThanItKeepsAtOnce() {
    fixture.sql(
        """
        insert into company (id, slug, name, description_fr, commune, source)
        select gen_random_uuid(), 'odile-quatremain-' || n, 'Boîte', 'Par Odile Quatremain.', '31555', 'cluster'
        from generate_series(1, 1201) n
        """);

    erase("\"names\": [\"Odile Quatremain\"]")
        .then()
        .statusCode(201)
        .body("places.find { it.name == 'company.slug' }.rows", equalTo(1_201));

    assertThat(rows("select count(*)::text from company where slug like 'entreprise-%'"))
        .containsExactly("1201");
    assertThat(
            rows(
                "select id from audit_image where type = 'company' and document::text ~* 'odile.quatremain' limit 5"))
        .isEmpty();
    assertLogAndContentAgree();
    fixture.sql("delete from company where name = 'Boîte'");
  }

  @Test
  void refusesWhileTheLogIsHeldAndErasesNothing() {
    fixture.sql(
        "update company set description_fr = 'Par Odile Quatremain.' where slug = 'capteurs-d-oc'");
    jdbi.useTransaction(
        database -> {
          database.execute("lock table revision_gate in exclusive mode");
          erase("\"names\": [\"Odile Quatremain\"]").then().statusCode(409);
        });
    assertThat(rows("select description_fr from company where slug = 'capteurs-d-oc'"))
        .containsExactly("Par Odile Quatremain.");
    erase("\"names\": [\"Odile Quatremain\"]").then().statusCode(201);
  }
}
