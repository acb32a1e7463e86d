package fr.digital113.directory.search;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of {@code search/judged-queries.csv}, which says what the conditions are, or alike. */
record JudgedQuery(String kind, String query, List<String> expected) {
  private static final Pattern NUMBERED = Pattern.compile("(top|each)([0-9]+)");

  static List<JudgedQuery> all(String name) {
    var file = Objects.requireNonNull(JudgedQuery.class.getResourceAsStream(name), name);
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.stream()
          .map(
              line ->
                  new JudgedQuery(
                      line.getField("class"),
                      line.getField("query"),
                      List.of(line.getField("expected").split(" "))))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The conditions that a list of companies does not meet. */
  List<String> missed(JsonNode answer) {
    List<JsonNode> results = new ArrayList<>();
    answer.path("data").forEach(results::add);
    long total = answer.path("page").path("total").longValue();
    return expected.stream().filter(condition -> !isMet(condition, results, total)).toList();
  }

  private static boolean isMet(String condition, List<JsonNode> results, long total) {
    String[] sides = condition.split("=", 2);
    List<String> slugs = results.stream().map(JudgedQuery::slug).toList();
    return switch (sides[0]) {
      case "none" -> total == 0;
      case "total" -> total == Long.parseLong(sides[1]);
      case "first" -> !slugs.isEmpty() && slugs.get(0).equals(sides[1]);
      case "absent" -> Arrays.stream(sides[1].split("\\|")).noneMatch(slugs::contains);
      default -> {
        Matcher numbered = NUMBERED.matcher(sides[0]);
        if (!numbered.matches()) {
          throw new IllegalArgumentException(condition);
        }
        int count = Math.min(Integer.parseInt(numbered.group(2)), results.size());
        yield numbered.group(1).equals("top")
            ? slugs.subList(0, count).containsAll(List.of(sides[1].split("\\|")))
            : count > 0
                && results.subList(0, count).stream()
                    .allMatch(
                        result ->
                            Arrays.stream(sides[1].split("&"))
                                .allMatch(test -> passesAny(test, result)));
      }
    };
  }

  private static boolean passesAny(String tests, JsonNode result) {
    return Arrays.stream(tests.split("\\|")).anyMatch(test -> passes(test, result));
  }

  private static boolean passes(String test, JsonNode result) {
    String[] sides = test.split(":", 2);
    String value = sides[1].replace('_', ' ');
    return switch (sides[0]) {
      case "sector" -> result.path("sectors").findValuesAsText("slug").contains(value);
      case "main" -> slug(result.path("sectors").path(0)).equals(value);
      case "commune" -> result.path("commune").path("name").asText().equals(value);
      case "departement" -> result.path("territories").findValuesAsText("name").contains(value);
      case "name" -> contains(result.path("name"), value);
      case "text" ->
          contains(result.path("name"), value) || contains(result.path("description"), value);
      default -> throw new IllegalArgumentException(test);
    };
  }

  private static String slug(JsonNode named) {
    return named.path("slug").asText();
  }

  private static boolean contains(JsonNode text, String value) {
    return text.asText().toLowerCase(Locale.FRENCH).contains(value.toLowerCase(Locale.FRENCH));
  }
}
