package fr.digital113.directory.index;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.RawJson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The index of what is not public: that it equals the database, and that nothing of it gets out.
 */
@QuarkusTest
class PrivateIndexTest {
  /** Of a published company, of a draft and of an archived one. */
  private static final List<String> CONFIDENTIAL =
      List.of("864197", "864199", "zyxwvut", "864201", "qwxzkv");

  private static final List<String> PUBLIC_READS =
      List.of(
          "/v1/companies?membership=any&limit=200&facets=sector,territory,departement,epci,sizeClass,factory,origin",
          "/v1/companies?membership=any&format=csv",
          "/v1/companies?membership=any&format=ndjson",
          "/v1/companies?membership=any&format=geojson",
          "/v1/companies?membership=any&format=jsonld",
          "/v1/companies?q=zyxwvut&membership=any",
          "/v1/companies/suggest?q=zyx&membership=any",
          "/v1/companies/suggest?q=qwx&membership=any",
          "/v1/companies/capteurs-d-oc",
          "/v1/companies/capteurs-d-oc?format=jsonld",
          "/v1/companies/projet-secret",
          "/v1/companies/maison-fermee",
          "/v1/companies?fields=headcount",
          "/v1/companies?publication=draft",
          "/v1/territories/toulouse/companies?membership=any",
          "/v1/factories/objets-connectes/companies?membership=any",
          "/v1/factories/objets-connectes",
          "/v1/sectors",
          "/v1/cluster");

  private final Fixture fixture;
  private final OwnIndexes indexes;
  private final DirectoryIndex index;
  private final DataFolder data;

  @TempDir private Path folder;

  PrivateIndexTest(Fixture fixture, OwnIndexes indexes, DirectoryIndex index, DataFolder data) {
    this.fixture = fixture;
    this.indexes = indexes;
    this.index = index;
    this.data = data;
  }

  @BeforeEach
  void confidentialThings() {
    fixture.load();
    fixture.sql(
        "update company set headcount = 864197, description_fr = 'Des capteurs.' where slug = 'capteurs-d-oc'");
    fixture.sql(
        "update company set headcount = 864199, name = 'Zyxwvut Secret' where slug = 'projet-secret'");
    fixture.sql(
        "update company set headcount = 864201, description_fr = 'Fermeture qwxzkv.' where slug = 'maison-fermee'");
  }

  @Test
  void equalsTheDatabaseAndGoesOnFromItsFiles() throws IOException {
    try (OwnIndex own = opened()) {
      assertThat(own.differences()).isEmpty();
      assertThat(own.written())
          .contains("company:" + Editor.SECRET, "territory:31555")
          .noneMatch(key -> key.startsWith("partner:") || key.startsWith("api_key:"));
      assertThat(
              Objects.requireNonNull(own.shown("company", "projet-secret"))
                  .path("headcount")
                  .asInt())
          .isEqualTo(864199);
      fixture.sql("update company set headcount = 9 where slug = 'projet-secret'");
      own.catchUp();
      assertThat(own.written())
          .containsExactlyInAnyOrder(
              "company:" + Editor.SECRET,
              "initiative:0190a000-0000-7000-8000-0000000000c1"); // which names it
      fixture.sql("delete from membership where company = ?", UUID.fromString(Editor.SECRET));
      fixture.sql("delete from company where slug = 'projet-secret'");
      own.catchUp();
      assertThat(own.shown("company", "projet-secret")).isNull();
      assertThat(own.differences()).isEmpty();
    }
    try (OwnIndex own = opened()) {
      assertThat(own.written()).isEmpty();
      assertThat(own.differences()).isEmpty();
    }
  }

  @Test
  void isBuiltAgainWhenItIsMissingOrOfAnotherEpoch() throws IOException {
    int all;
    try (OwnIndex own = opened()) {
      all = own.written().size();
    }
    PathUtils.deleteDirectory(folder);
    try (OwnIndex own = opened()) {
      assertThat(own.written()).hasSize(all);
      assertThat(own.differences()).isEmpty();
    }
    fixture.sql("update epoch set id = gen_random_uuid()");
    try (OwnIndex own = opened()) {
      assertThat(own.written()).hasSize(all);
      assertThat(own.differences()).isEmpty();
    }
    Editor.team().request().get("/v1/companies?publication=draft").then().statusCode(200);
  }

  @Test
  void nothingOfItIsInAPublicAnswer() {
    Map<String, Supplier<RequestSpecification>> callers = Callers.withoutRights(Editor.ECRAN_VERT);
    callers.forEach(
        (who, request) -> {
          for (String path : PUBLIC_READS) {
            String answer = request.get().get(path).asString();
            assertThat(answer.toLowerCase(Locale.ROOT))
                .as("%s by %s", path, who)
                .doesNotContain(
                    "\"headcount\":", "864197", "864199", "864201", "zyxwvut secret", "fermeture");
          }
        });
    String team =
        Editor.team()
            .request()
            .get("/v1/companies?publication=published,draft,archived&membership=any&limit=200")
            .asString();
    assertThat(team).contains("864197", "864199", "864201", "Zyxwvut Secret", "qwxzkv");
  }

  @Test
  void nothingOfItIsInTheFilesOfThePublicIndex() throws IOException {
    Editor.team().request().get("/v1/companies").then().statusCode(200);
    index.catchUp();
    index.of(Visibility.PUBLIC).commit();
    index.of(Visibility.PRIVATE).commit();

    assertThat(found(data.index())).isEmpty();
    assertThat(found(data.privateIndex())).isEqualTo(new TreeSet<>(CONFIDENTIAL));
    // Another one, so that nothing of it can lie about from before it was published or deleted.
    Editor.team().patch("projet-secret", "{\"headcount\": 864203}").then().statusCode(200);
    index.of(Visibility.PUBLIC).commit();
    assertThat(found(data.index())).isEmpty();
  }

  /** Which confidential texts there are: in the bytes of any file, in stored values, in terms. */
  private static Set<String> found(Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        find(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), found);
      }
    }
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
      for (LeafReaderContext leaf : reader.leaves()) {
        for (int number = 0; number < leaf.reader().maxDoc(); number++) { // deleted ones as well
          Document stored = leaf.reader().storedFields().document(number);
          for (IndexableField field : stored.getFields()) {
            BytesRef bytes = field.binaryValue();
            find(bytes == null ? field.stringValue() : bytes.utf8ToString(), found);
          }
          for (String column : List.of("_source", "_body_fr", "_body_en")) {
            RawJson json = new JsonColumn(leaf.reader(), column).find(number);
            find(json == null ? "" : json.toString(), found);
          }
        }
        for (var field : leaf.reader().getFieldInfos()) {
          Terms terms = leaf.reader().terms(field.name);
          if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
              find(
                  new String(term.bytes, term.offset, term.length, StandardCharsets.ISO_8859_1),
                  found);
            }
          }
        }
      }
    }
    return found;
  }

  private static void find(String text, Set<String> found) {
    String folded = text.toLowerCase(Locale.ROOT);
    CONFIDENTIAL.stream().filter(folded::contains).forEach(found::add);
  }

  /** As while it is being built, or when its disk fails. */
  @Test
  void stopsNothingElseWhileItIsBehindAndIsNeverAWrongAnswer() {
    Editor.team().request().get("/v1/companies").then().statusCode(200);
    synchronized (index.of(Visibility.PRIVATE)) { // so that nothing can be applied to it
      Editor.team().patch("ecran-vert", "{\"phone\": \"+33536490777\"}").then().statusCode(200);
      given()
          .get("/v1/companies/ecran-vert")
          .then()
          .statusCode(200)
          .body("phone", equalTo("+33536490777"));
      given().get("/q/health/ready").then().statusCode(200);
      for (String path : List.of("/v1/companies", "/v1/companies/ecran-vert")) {
        Editor.team()
            .request()
            .get(path)
            .then()
            .statusCode(503)
            .header("Retry-After", "5")
            .body("type", equalTo("/problems/not-ready"));
      }
    }
    Editor.team()
        .request()
        .get("/v1/companies/ecran-vert")
        .then()
        .statusCode(200)
        .body("phone", equalTo("+33536490777"));
  }

  private OwnIndex opened() {
    return indexes.open(Visibility.PRIVATE, folder);
  }
}
