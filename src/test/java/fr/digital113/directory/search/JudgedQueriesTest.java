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

/** How far a person agrees with what searches find. The share met is in the build's log. */
@QuarkusTest
class JudgedQueriesTest {
  private static final Logger LOG = Logger.getLogger(JudgedQueriesTest.class);
  private static final double GOAL = 0.95;

  @Inject Demonstration demonstration;

  @Test
  void peopleAgreeWithNearlyAllResults() {
    demonstration.load();
    List<JudgedQuery> queries = JudgedQuery.all();
    List<String> misses = new ArrayList<>();
    for (JudgedQuery query : queries) {
      JsonNode answer =
          Fixture.parsed(
              given()
                  .queryParam("limit", 200)
                  .queryParam("q", query.query())
                  .get("/v1/companies")
                  .asString());
      List<String> missed = query.missed(answer);
      if (!missed.isEmpty()) {
        misses.add(
            "%s: %s misses %s; first results: %s"
                .formatted(query.kind(), query.query(), missed, first(answer)));
      }
    }
    int met = queries.size() - misses.size();
    misses.forEach(LOG::info);
    LOG.infof(
        "Judged queries: %d of %d met (%.1f %%)",
        met, queries.size(), 100.0 * met / queries.size());

    assertThat(queries).hasSizeGreaterThanOrEqualTo(60);
    assertThat((double) met / queries.size()).as("misses: %s", misses).isGreaterThanOrEqualTo(GOAL);
  }

  private static List<String> first(JsonNode answer) {
    List<String> slugs = new ArrayList<>();
    answer.path("data").forEach(each -> slugs.add(each.path("slug").asText()));
    return slugs.subList(0, Math.min(7, slugs.size()));
  }
}
