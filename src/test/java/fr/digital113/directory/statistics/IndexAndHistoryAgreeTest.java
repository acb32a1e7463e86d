package fr.digital113.directory.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.Tally.Counts;
import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.web.QueryParameters;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the index counts of now is what the history counts of today, whatever is asked for. */
@QuarkusTest
class IndexAndHistoryAgreeTest {
  private static final int QUESTIONS = 25;
  private static final List<String> FILTERS =
      List.of(
          "membership=any",
          "membership=former",
          "membership=member,none",
          "sector=iot,fintech",
          "territory=toulouse",
          "territory=herault,castres",
          "sizeClass=11,12",
          "factory=iot",
          "origin=digital113",
          "joinedAfter=2020-01-01",
          "hiring=true",
          "exportMarket=DE,ES",
          "q=capteurs",
          "bbox=1.2,43.4,1.7,43.8");

  @Inject Demonstration demonstration;
  @Inject DirectoryIndex index;
  @Inject Companies companies;
  @Inject DatedTally dated;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void onEveryQuestion(int seed) {
    demonstration.loadUnlessThere();
    Random random = new Random(seed);
    for (int i = 0; i < QUESTIONS; i++) {
      List<Breakdown> by = new ArrayList<>(Arrays.asList(Breakdown.values()));
      Collections.shuffle(by, random);
      List<Breakdown> asked = by.subList(0, random.nextInt(4));
      List<String> filters = new ArrayList<>(FILTERS);
      Collections.shuffle(filters, random);
      Map<String, String> given = new HashMap<>();
      filters
          .subList(0, random.nextInt(3))
          .forEach(each -> given.putIfAbsent(each.split("=", 2)[0], each.split("=", 2)[1]));
      assertAgree(asked, given);
    }
  }

  private void assertAgree(List<Breakdown> by, Map<String, String> filters) {
    try (Snapshot snapshot = index.acquire()) {
      QueryParameters parameters = new QueryParameters(new MultivaluedHashMap<>(filters));
      Companies.Selection selection = companies.selection(parameters, snapshot);
      parameters.check();
      Tally now = IndexTally.of(snapshot, selection.now(), by);
      Tally today = dated.of(snapshot.position(), dated.today(), selection.dated(), by);

      assertThat(counts(now)).as("%s by %s", filters, by).isEqualTo(counts(today));
    }
  }

  private static Map<List<String>, Long> counts(Tally tally) {
    Map<List<String>, Long> counts = new HashMap<>();
    tally.cells().forEach((values, count) -> counts.put(values, count.companies()));
    return counts;
  }

  @Test
  void knowsThePastOfTheDemonstration() {
    demonstration.loadUnlessThere();
    try (Snapshot snapshot = index.acquire()) {
      QueryParameters parameters = new QueryParameters(new MultivaluedHashMap<>());
      Companies.Selection members = companies.selection(parameters, snapshot);

      assertThat(
              dated
                  .of(snapshot.position(), LocalDate.of(2026, 6, 13), members.dated(), List.of())
                  .total())
          .isEqualTo(new Counts(400, 17_000, 6));
      assertThat(
              dated
                  .of(snapshot.position(), LocalDate.of(2010, 12, 31), members.dated(), List.of())
                  .total())
          .isEqualTo(Counts.NOTHING);
    }
  }
}
