package fr.digital113.directory.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of the alerts, their pages and the dashboard without Prometheus or Grafana. */
class AlertsTest {

  @Test
  void eachAlertHasAPageAndEachPageAnAlert() throws IOException {
    List<String> named =
        PrometheusFiles.alerts().stream()
            .map(each -> each.path("annotations").path("runbook_url").asText())
            .toList();

    try (Stream<Path> pages = Files.list(PrometheusFiles.RUNBOOKS)) {
      assertThat(named)
          .containsExactlyInAnyOrderElementsOf(pages.map(each -> each.toString()).toList());
    }
    for (JsonNode alert : PrometheusFiles.alerts()) {
      assertThat(alert.path("annotations").path("runbook_url").asText())
          .endsWith("/" + alert.path("alert").asText() + ".md");
    }
  }

  @Test
  void eachAlertSaysHowUrgentItIsAndWhatHasHappened() {
    assertThat(PrometheusFiles.alerts())
        .isNotEmpty()
        .allSatisfy(
            each -> {
              assertThat(each.path("labels").path("severity").asText()).isIn("critical", "warning");
              assertThat(each.path("annotations").path("summary").asText()).isNotBlank();
            });
  }

  @Test
  void eachPageSaysWhatItMeansHowToLookWhatToDoAndHowToKnowThatItIsOver() {
    for (JsonNode alert : PrometheusFiles.alerts()) {
      String page =
          PrometheusFiles.text(Path.of(alert.path("annotations").path("runbook_url").asText()));
      List<String> headings = page.lines().filter(line -> line.startsWith("#")).toList();

      assertThat(headings)
          .containsExactly(
              "# " + alert.path("alert").asText(),
              "## What it means",
              "## Look",
              "## Do",
              "## Over");
    }
  }

  @Test
  void pagesNameMetricsThatAreDocumented() throws IOException {
    String documented = PrometheusFiles.text(PrometheusFiles.METRICS);
    try (Stream<Path> pages = Files.list(PrometheusFiles.RUNBOOKS)) {
      Set<String> ours =
          pages
              .flatMap(each -> PrometheusFiles.metricsIn(PrometheusFiles.text(each)).stream())
              .filter(each -> each.startsWith("directory_"))
              .map(each -> each.replaceFirst("_(count|sum|bucket)$", "").replaceFirst("_$", ""))
              .collect(Collectors.toSet());

      assertThat(ours).isNotEmpty().allSatisfy(each -> assertThat(documented).contains(each));
    }
  }

  @Test
  void panelsOfTheDashboardHaveTheirOwnNumberAndPlace() {
    Set<Integer> numbers = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonNode panel : PrometheusFiles.dashboard().path("panels")) {
      JsonNode at = panel.path("gridPos");
      assertThat(numbers.add(panel.path("id").asInt())).as(panel.path("title").asText()).isTrue();
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(places.add(x + " " + y)).as(panel.path("title").asText()).isTrue();
          assertThat(x).isLessThan(24);
        }
      }
      assertThat(panel.path("type").asText().equals("row") || panel.path("targets").size() > 0)
          .as(panel.path("title").asText())
          .isTrue();
    }
  }
}
