package fr.digital113.directory.workshops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Copy;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.poi.xssf.extractor.XSSFExcelExtractor;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is said in a workshop, who presents and who takes part, what for, and what is not published
 * reach nobody but those who were there and the team.
 */
@QuarkusTest
class WorkshopConfidentialityTest {
  private static final String WORKSHOPS = "/v1/workshops";
  private static final String HELD = "0190a000-0000-7000-8000-0000000000b5";
  private static final String PLANNED = "0190a000-0000-7000-8000-0000000000b6";
  private static final String DRAFT = "0190a000-0000-7000-8000-0000000000b7";
  private static final String ARCHIVED = "0190a000-0000-7000-8000-0000000000b8";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";

  /** Of workshops that the company {@link #SANTE} takes no part in. */
  private static final List<String> SECRETS =
      List.of("wombat", "numbat", "axolotl", "ocelot", "quetzal", "quokka", "pangolin");

  /** Said by the workshops' own answers alone. */
  private static final List<String> NAMES_IN_WORKSHOPS =
      List.of(
          "capteurs", "pixels", "finances", "\"br\"", "\"fi\"", "br|fi", "\"viability\"", FINANCES);

  private static final List<String> READS_OF_WORKSHOPS =
      List.of(
          WORKSHOPS,
          WORKSHOPS + "?lang=en&status=held",
          WORKSHOPS + "?format=csv&to=2090-01-01",
          WORKSHOPS + "?format=csv&dialect=excel&to=2090-01-01",
          WORKSHOPS + "?format=ndjson&to=2090-01-01",
          WORKSHOPS + "?format=xlsx&to=2090-01-01",
          WORKSHOPS + "?fields=participants,subject",
          WORKSHOPS + "/" + HELD,
          WORKSHOPS + "/" + HELD + "?fields=participants",
          "/v1/changes?types=workshop");

  private static final List<String> OTHER_READS =
      List.of(
          WORKSHOPS + "?fields=presenters",
          WORKSHOPS + "?fields=assessments,targetMarkets,participatingCompanies&to=2090-01-01",
          WORKSHOPS + "?q=wombat",
          WORKSHOPS + "?participant=" + FINANCES,
          WORKSHOPS + "?targetMarket=NO",
          WORKSHOPS + "?publication=draft,archived",
          WORKSHOPS + "?from=2026-03-12&to=2026-03-13",
          WORKSHOPS + "/" + HELD + "?fields=assessments",
          WORKSHOPS + "/" + HELD + "?view=edit",
          WORKSHOPS + "/" + HELD + "/history",
          WORKSHOPS + "/" + DRAFT,
          WORKSHOPS + "/" + DRAFT + "?view=edit",
          WORKSHOPS + "/" + DRAFT + "/history",
          WORKSHOPS + "/" + ARCHIVED,
          "/v1/changes",
          "/v1/changes?types=workshop,company&q=axolotl",
          "/v1/companies?q=axolotl&membership=any",
          "/v1/companies?q=wombat&membership=any",
          "/v1/companies/capteurs-d-oc",
          "/v1/companies/suggest?q=axo",
          "/v1/companies/suggest?q=quet",
          "/v1/events?q=axolotl",
          "/v1/factories/objets-connectes",
          "/v1/imports/exports/workshops");

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    say("Oui, dit Pangolin.");
  }

  private static void say(String words) {
    Editor pixels = Editor.memberOf(PIXELS);
    Response said =
        pixels
            .request()
            .header("If-Match", "*")
            .body(
                """
                {"viability": 2, "durability": 4, "conclusion": {"viability": "%s", "durability": "%s"}}
                """
                    .formatted(words, words))
            .put(WORKSHOPS + "/" + HELD + "/assessments/capteurs-d-oc");
    assertThat(said.statusCode()).isIn(200, 201);
  }

  /** Also of what is inside of a spreadsheet. */
  private static String text(Response answer) {
    byte[] body = answer.asByteArray();
    StringBuilder text = new StringBuilder(answer.headers().toString());
    if (body.length > 2 && body[0] == 'P' && body[1] == 'K') {
      try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(body));
          var cells = new XSSFExcelExtractor(workbook)) {
        text.append(cells.getText());
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
    return text.append(answer.asString()).toString().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Supplier<RequestSpecification>> others() {
    return Callers.withoutRights(SANTE);
  }

  @Test
  void nothingOfItIsInAnyAnswerToThoseWhoWereNotThere() {
    // Whoever was there reads first: nothing of that may be kept for others.
    for (String path : READS_OF_WORKSHOPS) {
      assertThat(Editor.memberOf(FINANCES).request().get(path).statusCode()).isEqualTo(200);
      assertThat(Editor.team().request().get(path).statusCode()).isEqualTo(200);
    }
    others()
        .forEach(
            (name, as) -> {
              for (String path : READS_OF_WORKSHOPS) {
                Response answer = as.get().get(path);
                String text = text(answer);
                assertThat(answer.statusCode()).as("%s as %s", path, name).isEqualTo(200);
                if (path.contains("xlsx")) {
                  assertThat(text).contains("salle imaginaire");
                }
                assertThat(text).as("%s as %s", path, name).doesNotContain(SECRETS);
                boolean ownToo = // of the one that the member takes part in
                    text.contains("tamarin") && (name.equals("member") || name.equals("lead"));
                assertThat(ownToo ? "" : text)
                    .as("%s as %s", path, name)
                    .doesNotContain(NAMES_IN_WORKSHOPS);
              }
              for (String path : OTHER_READS) {
                assertThat(text(as.get().get(path)).replace(path.toLowerCase(Locale.ROOT), ""))
                    .as("%s as %s", path, name)
                    .doesNotContain(without(path, SECRETS));
              }
            });
  }

  /** A word that was asked for may be repeated. */
  private static List<String> without(String path, List<String> words) {
    return words.stream().filter(word -> !path.contains(word)).toList();
  }

  @Test
  void otherWorkshopsThanOnesOwnAreAsEverybodySeesThem() {
    Response shown = given().header("Accept-Language", "en").get(WORKSHOPS + "/" + HELD);
    for (Editor other : List.of(Editor.memberOf(SANTE), Editor.leadOf(SANTE))) {
      Response answer = other.request().get(WORKSHOPS + "/" + HELD);

      assertThat(answer.asString()).isEqualTo(shown.asString());
      assertThat(answer.header("ETag")).isEqualTo(shown.header("ETag"));
    }
  }

  @Test
  void noVersionTellsWhenSomethingIsSaid() {
    List<String> before = versions();
    Response team = Editor.team().request().get(WORKSHOPS + "/" + HELD);

    say("Non, dit Pangolin.");

    assertThat(versions()).isEqualTo(before);
    assertThat(Editor.team().request().get(WORKSHOPS + "/" + HELD).header("ETag"))
        .isNotEqualTo(team.header("ETag"));
  }

  private static List<String> versions() {
    List<String> versions = new ArrayList<>();
    others()
        .forEach(
            (name, as) -> {
              for (String path :
                  List.of(
                      WORKSHOPS,
                      WORKSHOPS + "?format=csv",
                      WORKSHOPS + "/" + HELD,
                      WORKSHOPS + "/" + PLANNED)) {
                Response answer = as.get().get(path);
                versions.add(name + " " + path + " " + answer.header("ETag"));
                versions.add(answer.asString());
              }
            });
    return versions;
  }

  @Test
  void changesTellNothingOfWhatIsPrivate() {
    Copy copy = Copy.of("types=workshop");

    say("Encore, dit Pangolin.");
    fixture.sql(
        "update workshop_presenter set subject = 'Plan Pangolin' where workshop = ?::uuid", HELD);
    fixture.sql("update workshop set subject_en = 'Pangolin' where id = ?::uuid", DRAFT);
    assertThat(copy.follow()).isEmpty();

    fixture.sql("update workshop set subject_en = 'Abroad' where id = ?::uuid", HELD);
    assertThat(copy.follow()).containsExactly("put workshop " + HELD);
    assertThat(copy.items().toString().toLowerCase(Locale.ROOT)).doesNotContain(SECRETS);
    copy.assertIsFresh();
    String log =
        jdbi.withHandle(
            database ->
                String.join(
                    "\n",
                    database
                        .createQuery(
                            "select document::text from public_change where type = 'workshop' and document is not null")
                        .mapTo(String.class)
                        .list()));
    assertThat(log.toLowerCase(Locale.ROOT))
        .doesNotContain(SECRETS)
        .doesNotContain("tamarin", "presenter", "assess", "target", "\"participants\"");
  }

  @Test
  void aStreamTellsOfWhatEverybodySeesAlone() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:%d/v1/changes/stream?types=workshop"
                        .formatted(RestAssured.port)))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(data(lines)).contains("{");
      say("Toujours, dit Pangolin.");
      fixture.sql("update workshop set subject_en = 'Abroad' where id = ?::uuid", HELD);

      String first = data(lines); // or it would tell of what was said

      assertThat(first).contains("\"en\":\"Abroad\"").contains("\"participants\":3");
      assertThat(first.toLowerCase(Locale.ROOT)).doesNotContain(SECRETS);
    }
  }

  private static String data(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (!line.startsWith("data:")) {
      line = lines.readLine();
    }
    return line;
  }

  @Test
  void refusalsTellNothing() {
    String body =
        "{\"viability\": 1, \"durability\": 1, \"conclusion\": {\"viability\": \"x\", \"durability\": \"x\"}}";
    others()
        .forEach(
            (name, as) -> {
              List<String> answers = new ArrayList<>();
              for (String presenter : List.of("capteurs-d-oc", "finances-occitanes", "nobody")) {
                for (String match : List.of("*", "\"1.00000000.edit\"")) {
                  Response refused =
                      as.get()
                          .header("If-Match", match)
                          .contentType("application/json")
                          .body(body)
                          .put(WORKSHOPS + "/" + HELD + "/assessments/" + presenter);
                  assertThat(refused.statusCode()).as(name).isIn(401, 403);
                  answers.add(refused.asString().replace(presenter, ""));
                }
              }
              assertThat(answers).as(name).containsOnly(answers.get(0));
              for (String hidden : List.of(DRAFT, ARCHIVED)) {
                String absent = hidden.substring(0, 34) + "ff";
                assertThat(as.get().get(WORKSHOPS + "/" + hidden).asString().replace(hidden, ""))
                    .isEqualTo(
                        as.get().get(WORKSHOPS + "/" + absent).asString().replace(absent, ""));
              }
            });
  }
}
