package fr.digital113.directory.formats;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Answers in every format, read by other libraries than those that wrote them. */
final class Exports {
  private Exports() {}

  static Response get(String path) {
    return get(given(), path);
  }

  /** As the team sees it. */
  static Response getAsTeam(String path) {
    return get(Editor.team().request(), path);
  }

  private static Response get(RequestSpecification request, String path) {
    Response answer = request.urlEncodingEnabled(false).get(path);
    assertThat(answer.statusCode()).as("%s %s", path, answer.asString()).isEqualTo(200);
    return answer;
  }

  /** Every item of a list, page after page. */
  static List<JsonNode> pages(String path) {
    return pages(path, Exports::get);
  }

  /** The same as somebody else sees it. */
  static List<JsonNode> pages(String path, Function<String, Response> get) {
    List<JsonNode> items = new ArrayList<>();
    String next = path + (path.contains("?") ? "&" : "?") + "limit=200";
    while (next != null) {
      JsonNode page = Fixture.parsed(get.apply(next).asString());
      page.path("data").forEach(items::add);
      next = page.at("/page/next").textValue();
    }
    return items;
  }

  static List<JsonNode> lines(String body) {
    assertThat(body)
        .satisfiesAnyOf(
            text -> assertThat(text).isEmpty(), text -> assertThat(text).endsWith("\n"));
    return body.lines().map(Fixture::parsed).toList();
  }

  static List<CSVRecord> csv(Response answer, char separator) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setDelimiter(separator).get();
    try (var parser = format.parse(new StringReader(answer.asString()))) {
      return parser.getRecords();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static XSSFWorkbook xlsx(Response answer) {
    return xlsx(answer.asByteArray());
  }

  static XSSFWorkbook xlsx(byte[] file) {
    try {
      return new XSSFWorkbook(new ByteArrayInputStream(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static List<String> column(List<CSVRecord> rows, String name) {
    return rows.stream().map(row -> row.get(name)).toList();
  }

  static List<String> texts(JsonNode list, String pointer) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.at(pointer).asText()));
    return texts;
  }
}
