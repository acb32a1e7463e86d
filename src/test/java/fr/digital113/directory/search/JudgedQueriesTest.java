package fr.digital113.directory.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** How far a person agrees with what searches find. The shares met are in the build's log. */
@QuarkusTest
class JudgedQueriesTest {
  private static final Logger LOG = Logger.getLogger(JudgedQueriesTest.class);
  private static final double GOAL = 0.95;

  /** Lower, as nothing was prepared for them; what is missed tells what to learn next. */
  private static final double HELD_OUT_FLOOR = 0.65;

  @Inject Demonstration demonstration;

  @Test
  void peopleAgreeWithNearlyAllResults() {
    assertThat(JudgedQuery.all("/search/judged-queries.csv")).hasSizeGreaterThanOrEqualTo(60);
    assertThat(shareMet("/search/judged-queries.csv")).isGreaterThanOrEqualTo(GOAL);
  }

  @Test
  void peopleAgreeWithMostResultsThatNobodyPrepared() {
    assertThat(JudgedQuery.all("/search/held-out-queries.csv")).hasSizeGreaterThanOrEqualTo(40);
    assertThat(shareMet("/search/held-out-queries.csv")).isGreaterThanOrEqualTo(HELD_OUT_FLOOR);
  }

  private double shareMet(String file) {
    demonstration.load();
    List<JudgedQuery> queries = JudgedQuery.all(file);
    int met = 0;
    for (JudgedQuery query : queries) {
      JsonNode answer =
          Fixture.parsed(
              given()
                  .queryParam("limit", 200)
                  .queryParam("q", query.query())
                  .get("/v1/companies")
                  .asString());
      List<String> missed = query.missed(answer);
      if (missed.isEmpty()) {
        met++;
      } else {
        LOG.infof(
            "%s: %s misses %s; first results: %s",
            query.kind(), query.query(), missed, first(answer));
      }
    }
    double share = (double) met / queries.size();
    LOG.infof("%s: %d of %d met (%.1f %%)", file, met, queries.size(), 100 * share);
    return share;
  }

  private static List<String> first(JsonNode answer) {
    List<String> slugs = new ArrayList<>();
    answer.path("data").forEach(each -> slugs.add(each.path("slug").asText()));
    return slugs.subList(0, Math.min(7, slugs.size()));
  }
}
