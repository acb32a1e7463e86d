package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validators and caching, the same for every public read. */
@QuarkusTest
class ConditionalReadTest {
  private static final Set<String> OF_THE_BODY =
      Set.of(
          "content-length",
          "content-type",
          "content-disposition",
          "content-encoding",
          "transfer-encoding",
          "date",
          "link");

  @Inject Fixture fixture;

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI root;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/v1/companies",
        "/v1/companies?sector=iot&limit=1",
        "/v1/companies?format=csv&dialect=excel&fields=name",
        "/v1/companies?format=xlsx",
        "/v1/companies?format=ndjson",
        "/v1/companies?format=jsonld",
        "/v1/companies?format=geojson",
        "/v1/companies?format=geojson&limit=2",
        "/v1/companies/capteurs-d-oc",
        "/v1/companies/capteurs-d-oc?fields=slug",
        "/v1/companies/capteurs-d-oc?format=jsonld",
        "/v1/territories?level=epci",
        "/v1/territories/toulouse",
        "/v1/territories/toulouse/companies",
        "/v1/sectors",
        "/v1/sectors/iot",
        "/v1/factories",
        "/v1/factories/objets-connectes",
        "/v1/factories/objets-connectes/companies",
        "/v1/cluster",
        "/problems",
        "/problems/not-found"
      })
  void answers304WithTheSameHeadersToWhoeverHasTheAnswer(String path) {
    Response full = given().get(path);
    Response unchanged = given().header("If-None-Match", full.header("ETag")).get(path);
    Response head = given().head(path);

    assertThat(full.statusCode()).isEqualTo(200);
    assertThat(full.header("Cache-Control"))
        .isEqualTo("public, max-age=60, stale-while-revalidate=300, stale-if-error=86400");
    assertThat(full.header("Vary"))
        .isEqualTo(
            "Accept, Accept-Language, Accept-Encoding, Authorization, X-API-Key, Directory-Revision");
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.asString()).isEmpty();
    assertThat(headers(unchanged)).isEqualTo(headers(full));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(headers(head)).isEqualTo(headers(full));
  }

  @Test
  void answersInFullToAnOldOrUnknownETag() {
    String path = "/v1/companies/capteurs-d-oc";
    String old = given().get(path).header("ETag");
    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");

    assertThat(status(path, old)).isEqualTo(200);
    assertThat(status(path, "\"unknown\"")).isEqualTo(200);
  }

  @Test
  void takesSeveralETagsWeakOnesAndAny() {
    String path = "/v1/companies";
    String current = given().get(path).header("ETag");

    assertThat(status(path, "\"a\", " + current + ", \"b\"")).isEqualTo(304);
    assertThat(status(path, "W/" + current)).isEqualTo(304);
    assertThat(status(path, "*")).isEqualTo(304);
  }

  @Test
  void tellsLanguagesApart() {
    for (String path : List.of("/v1/companies", "/v1/companies/capteurs-d-oc", "/v1/cluster")) {
      String french = given().get(path).header("ETag");

      assertThat(
              given()
                  .header("If-None-Match", french)
                  .header("Accept-Language", "en")
                  .get(path)
                  .statusCode())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void aPublicChangeMovesTheETagOfEveryListAndOfItsItemOnly() {
    String list = given().get("/v1/sectors").header("ETag");
    String other = given().get("/v1/companies/pixels-mediterranee").header("ETag");
    String item = given().get("/v1/companies/capteurs-d-oc").header("ETag");

    fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");

    assertThat(given().get("/v1/sectors").header("ETag")).isNotEqualTo(list);
    assertThat(given().get("/v1/companies/pixels-mediterranee").header("ETag")).isEqualTo(other);
    assertThat(given().get("/v1/companies/capteurs-d-oc").header("ETag")).isNotEqualTo(item);
  }

  @Test
  void aDraftMovesNothing() {
    String list = given().get("/v1/companies?membership=any").header("ETag");

    fixture.sql("update company set name = 'Projet Très Secret' where slug = 'projet-secret'");

    assertThat(given().get("/v1/companies?membership=any").header("ETag")).isEqualTo(list);
  }

  /** The second column: whether the server compresses what it can; the tag must say so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                       | false
          gzip                       | true
          *                          | true
          gzip, deflate, br, zstd    | true
          deflate;q=0.5, gzip        | true
          deflate, gzip;q=0.5        | false
          GZIP                       | false
          gzip;q=0                   | false
          gzip;q=0, *                | false
          *;q=0                      | false
          deflate                    | false
          br                         | false
          identity                   | false
          gzip;q=nonsense            | false
          """)
  void namesTheEncodingInTheTag(String accepted, boolean compressed) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (HttpClient.Version version : HttpClient.Version.values()) {
      for (String path :
          List.of(
              "/v1/companies",
              "/v1/companies/capteurs-d-oc",
              "/v1/companies?format=csv",
              "/v1/companies?format=xlsx",
              "/v1/companies?format=ndjson",
              "/v1/companies?format=jsonld",
              "/v1/companies?format=geojson")) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).version(version);
        if (accepted != null) {
          request.header("Accept-Encoding", accepted);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        boolean expected = compressed && !path.endsWith("xlsx");

        assertThat(answer.headers().firstValue("Content-Encoding"))
            .as("%s %s", version, path)
            .isEqualTo(expected ? Optional.of("gzip") : Optional.empty());
        assertThat(answer.headers().firstValue("ETag").orElseThrow().endsWith(".gzip\""))
            .as("%s %s", version, path)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void namesNoEncodingOverHttp10WhichIsNeverCompressed() throws Exception {
    try (RawConnection old = new RawConnection()) {
      assertThat(old.get("/v1/companies", "HTTP/1.0", "Accept-Encoding: gzip").answer())
          .contains("\r\nETag: ")
          .doesNotContain("Content-Encoding", ".gzip");
    }
  }

  private static int status(String path, String tags) {
    return given().header("If-None-Match", tags).get(path).statusCode();
  }

  private static List<String> headers(Response answer) {
    return answer.headers().asList().stream()
        .filter(header -> !OF_THE_BODY.contains(header.getName().toLowerCase(Locale.ROOT)))
        .map(Header::toString)
        .sorted()
        .toList();
  }
}
