package fr.digital113.directory.workshops;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A workshop as the companies that take part and the team see it: as everybody does, with who they
 * are and what they say. Confidential.
 *
 * @param participatingCompanies those that present among them
 * @param targetMarkets of all presenters together, ISO 3166 codes
 */
record PrivateWorkshopView(
    @JsonUnwrapped WorkshopView workshop,
    List<Company> participatingCompanies,
    List<Presenter> presenters,
    Set<String> targetMarkets,
    List<Assessment> assessments) {

  /**
   * A company in short.
   *
   * @param slug null, as the name is, of a company that is not public any more: what it has become
   *     is nobody's to see
   */
  record Company(String id, @Nullable String slug, @Nullable String name) {}

  /** Who presents a plan: its subject, and the markets that it is for. */
  record Presenter(Company company, String subject, List<String> targetMarkets) {}

  /** What one company says of another's plan; the figures are 1 to 5. */
  record Assessment(
      Company presenter, Company assessor, int viability, int durability, Conclusion conclusion) {}

  /** In words. */
  record Conclusion(String viability, String durability) {}

  static PrivateWorkshopView of(WorkshopView workshop, JsonNode document, Labels labels) {
    List<Company> participants = new ArrayList<>();
    Json.texts(document.path("participants")).forEach(id -> participants.add(company(id, labels)));
    List<Presenter> presenters = new ArrayList<>();
    Set<String> markets = new TreeSet<>();
    for (JsonNode each : document.path("presenters")) {
      List<String> targets = Json.texts(each.path("targetMarkets"));
      markets.addAll(targets);
      presenters.add(
          new Presenter(
              company(each.path("company").asText(), labels),
              each.path("subject").asText(),
              targets));
    }
    List<Assessment> assessments = new ArrayList<>();
    document.path("assessments").forEach(each -> assessments.add(assessment(each, labels)));
    return new PrivateWorkshopView(workshop, participants, presenters, markets, assessments);
  }

  private static Assessment assessment(JsonNode assessment, Labels labels) {
    JsonNode conclusion = assessment.path("conclusion");
    return new Assessment(
        company(assessment.path("presenter").asText(), labels),
        company(assessment.path("assessor").asText(), labels),
        assessment.path("viability").intValue(),
        assessment.path("durability").intValue(),
        new Conclusion(
            conclusion.path("viability").asText(), conclusion.path("durability").asText()));
  }

  private static Company company(String id, Labels labels) {
    JsonNode company = labels.find("company", id);
    return company != null && company.path("publication").asText().equals("published")
        ? new Company(id, Json.text(company, "slug"), Json.text(company, "name"))
        : new Company(id, null, null);
  }
}
