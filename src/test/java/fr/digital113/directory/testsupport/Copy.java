package fr.digital113.directory.testsupport;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client of {@code /v1/changes}: an offline copy, as a phone keeps one. */
public final class Copy {
  private final String start;
  private final Map<String, JsonNode> items = new TreeMap<>();
  private @Nullable String next;

  private Copy(String start) {
    this.start = start;
    this.next = start;
  }

  /** A complete copy of what the parameters say. */
  public static Copy of(String parameters) {
    Copy copy = new Copy("/v1/changes" + (parameters.isEmpty() ? "" : "?" + parameters));
    copy.follow();
    return copy;
  }

  /** Does what changed since the last time; tells what that was, in order. */
  public List<String> follow() {
    List<String> told = new ArrayList<>();
    for (boolean last = false; !last; ) {
      Response answer = given().urlEncodingEnabled(false).get(Objects.requireNonNull(next));
      assertThat(answer.statusCode()).as("%s: %s", next, answer.asString()).isEqualTo(200);
      JsonNode page = Fixture.parsed(answer.asString());
      page.path("data").forEach(change -> told.add(apply(change)));
      last = page.path("page").path("next").isNull();
      next = last ? page.path("delta").textValue() : page.path("page").path("next").textValue();
      assertThat(next).startsWith("/v1/changes?token=");
      assertThat(page.has("delta")).isEqualTo(last);
      assertThat(page.path("data").size())
          .isLessThanOrEqualTo(page.path("page").path("limit").intValue());
    }
    return told;
  }

  private String apply(JsonNode change) {
    String key = change.path("type").asText() + " " + change.path("id").asText();
    if (change.has("data")) {
      assertThat(change.path("data").path("revision")).isEqualTo(change.path("revision"));
      items.put(key, change.path("data"));
      return "put " + key;
    }
    items.remove(key);
    return change.path("removed").path("reason").asText() + " " + key;
  }

  /** What the copy holds, by type and id. */
  public Map<String, JsonNode> items() {
    return new LinkedHashMap<>(items);
  }

  /** The link to what will have changed. */
  public String delta() {
    return Objects.requireNonNull(next);
  }

  /** Whether the copy holds just what a new one would. */
  public void assertIsFresh() {
    assertThat(items).isEqualTo(new TreeMap<>(of(start.replaceFirst("^[^?]*\\??", "")).items));
  }
}
