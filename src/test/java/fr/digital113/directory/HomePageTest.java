package fr.digital113.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page for people at the root of the server. */
@QuarkusTest
class HomePageTest {
  private static final Pattern LOCAL_LINK = Pattern.compile("href=\"(/[^\"]*)\"");
  private static final Pattern CURL = Pattern.compile("curl 'http://localhost:8080([^']*)'");

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    // The page shows a company of the demonstration data.
    fixture.sql("update company set slug = '113-coquelicots' where slug = 'capteurs-d-oc'");
  }

  @Test
  void linksOnlyToWhatIsThere() {
    List<String> links = all(LOCAL_LINK, page());

    assertThat(links).hasSizeGreaterThan(10);
    assertThat(links)
        .allSatisfy(
            link ->
                assertThat(given().urlEncodingEnabled(false).get(link).statusCode())
                    .as(link)
                    .isEqualTo(200));
  }

  @Test
  void showsFiveRequestsInEachLanguageAsALinkAndForTheCommandLine() {
    String page = page();

    assertThat(all(CURL, page)).hasSize(10);
    assertThat(all(LOCAL_LINK, page)).containsAll(all(CURL, page));
  }

  @Test
  void loadsNothingFromElsewhere() {
    String page = page().replace("<script src=\"/address.js\" defer></script>", "");

    assertThat(page)
        .doesNotContain("<script", "src=", "onclick", "@import", "url(", "rel=\"stylesheet\"");
  }

  @Test
  void showsTheAddressThatItWasAskedAt() {
    assertThat(page()).contains("<script src=\"/address.js\" defer></script>");
    Response script = given().get("/address.js");

    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.contentType()).contains("javascript");
    assertThat(script.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(script.asString()).contains("'http://localhost:8080', location.origin");
  }

  private static String page() {
    Response page = given().get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.contentType()).startsWith("text/html");
    return page.asString();
  }

  private static List<String> all(Pattern pattern, String page) {
    return pattern
        .matcher(page)
        .results()
        .map(found -> found.group(1).replace("&amp;", "&"))
        .toList();
  }
}
