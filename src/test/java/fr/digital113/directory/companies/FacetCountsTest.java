package fr.digital113.directory.companies;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.imports.Imports;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a facet counts is what its filter then gives, over the demonstration data. */
@QuarkusTest
class FacetCountsTest {
  private static final SortedMap<String, String> FILTER_OF_FACET =
      new TreeMap<>(
          Map.of(
              "sector", "sector",
              "territory", "territory",
              "departement", "territory",
              "epci", "territory",
              "sizeClass", "sizeClass",
              "factory", "factory",
              "origin", "origin"));
  private static final List<String> PATHS =
      List.of(
          "/v1/companies",
          "/v1/companies",
          "/v1/territories/haute-garonne/companies",
          "/v1/factories/iot/companies");
  private static final int FILTERS = 8;
  private static final int VALUES_OF_EACH_FACET = 8;

  @Inject Fixture fixture;
  @Inject Imports imports;
  @Inject DirectoryIndex index;

  @BeforeEach
  void loadTheDemonstrationData() throws IOException {
    empty();
    for (String file : List.of("members", "former-members", "factories")) {
      String resource = "/demo/" + file + ".csv";
      try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(resource))) {
        var unused = imports.load(file.equals("factories") ? file : "members", in, "test");
      }
    }
    index.catchUp();
  }

  @AfterEach
  void empty() {
    fixture.sql("delete from initiative");
    fixture.sql("delete from factory");
    fixture.sql("delete from membership");
    fixture.sql("delete from company");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void eachCountIsTheTotalOfTheListWithThatValueAlone(int seed) {
    Random random = new Random(seed);
    Map<String, List<String>> domains = domains();
    int compared = 0;
    for (int i = 0; i < FILTERS; i++) {
      String path = PATHS.get(random.nextInt(PATHS.size()));
      Map<String, String> filters = randomFilters(random, domains);
      JsonNode facets =
          get(path, filters, String.join(",", FILTER_OF_FACET.keySet())).path("facets");
      assertThat(facets).hasSize(FILTER_OF_FACET.size());
      for (String facet : FILTER_OF_FACET.keySet()) {
        Map<String, Integer> counts = counts(facets.path(facet));
        String filter = Objects.requireNonNull(FILTER_OF_FACET.get(facet));
        Set<String> selected = selected(facets.path(facet));
        for (String value : sample(random, counts, domains.get(facet), selected)) {
          Map<String, String> alone = new LinkedHashMap<>(filters);
          alone.put(filter, value);
          int total = get(path, alone, null).path("page").path("total").asInt();
          // Beyond 200 values the rarest are left out.
          if (counts.containsKey(value) || counts.size() < 200) {
            assertThat(counts.getOrDefault(value, 0))
                .as("%s of %s%s, facet %s", value, path, filters, facet)
                .isEqualTo(total);
            compared++;
          }
        }
        assertThat(counts.entrySet())
            .as("only what is selected is kept at zero")
            .allMatch(each -> each.getValue() > 0 || selected.contains(each.getKey()));
      }
    }
    assertThat(compared).isGreaterThan(FILTERS * FILTER_OF_FACET.size() * 2);
  }

  /** Every value of each facet, as the whole directory knows it. */
  private static Map<String, List<String>> domains() {
    JsonNode facets =
        get(
                "/v1/companies",
                Map.of("membership", "any"),
                String.join(",", FILTER_OF_FACET.keySet()))
            .path("facets");
    return FILTER_OF_FACET.keySet().stream()
        .collect(
            Collectors.toMap(
                facet -> facet, facet -> List.copyOf(counts(facets.path(facet)).keySet())));
  }

  private static Map<String, String> randomFilters(
      Random random, Map<String, List<String>> domains) {
    Map<String, String> filters = new LinkedHashMap<>();
    filters.put("membership", random.nextBoolean() ? "any" : "member");
    for (String facet : FILTER_OF_FACET.keySet()) {
      if (random.nextInt(4) == 0) {
        List<String> values = new ArrayList<>(Objects.requireNonNull(domains.get(facet)));
        Collections.shuffle(values, random);
        filters.put(
            FILTER_OF_FACET.get(facet),
            String.join(",", values.subList(0, Math.min(values.size(), 1 + random.nextInt(3)))));
      }
    }
    if (random.nextInt(3) == 0) {
      filters.put("hiring", Boolean.toString(random.nextBoolean()));
    }
    if (random.nextInt(3) == 0) {
      filters.put("near", "43.6,1.44");
      filters.put("radius", Integer.toString(20 + random.nextInt(200)));
    }
    return filters;
  }

  /** Some that are counted, some that are not, and all that are selected. */
  private static Set<String> sample(
      Random random,
      Map<String, Integer> counts,
      @Nullable List<String> domain,
      Collection<String> selected) {
    List<String> counted = new ArrayList<>(counts.keySet());
    Collections.shuffle(counted, random);
    List<String> others = new ArrayList<>(Objects.requireNonNull(domain));
    others.removeAll(counts.keySet());
    Collections.shuffle(others, random);
    Set<String> sample = new TreeSet<>(selected);
    sample.addAll(counted.subList(0, Math.min(counted.size(), VALUES_OF_EACH_FACET)));
    sample.addAll(others.subList(0, Math.min(others.size(), 2)));
    return sample;
  }

  private static Map<String, Integer> counts(JsonNode values) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    values.forEach(each -> counts.put(each.path("code").asText(), each.path("count").asInt()));
    return counts;
  }

  private static Set<String> selected(JsonNode values) {
    Set<String> selected = new TreeSet<>();
    values.forEach(
        each -> {
          if (each.path("selected").asBoolean()) {
            selected.add(each.path("code").asText());
          }
        });
    return selected;
  }

  private static JsonNode get(String path, Map<String, String> filters, @Nullable String facets) {
    var request = given().queryParams(filters).queryParam("limit", 1);
    if (facets != null) {
      request.queryParam("facets", facets);
    }
    var answer = request.get(path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return Fixture.parsed(answer.asString());
  }
}
