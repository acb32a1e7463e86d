package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.Spans.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged program tells a collector of traces, its log and a scraper, when it is asked
 * to.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ObservedIT {
  private static final String KEY = "observed-admin-key-0123456789";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLERS_SPAN = "b7ad6b7169203331";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private Spans spans;
  private Program program;

  @BeforeEach
  void start() throws IOException {
    spans = new Spans();
    program =
        new Program(folder)
            .with("DIRECTORY_DATA_DIR", folder.resolve("data").toString())
            .with("DIRECTORY_DEMO", "false")
            .with("DIRECTORY_ADMIN_KEY", KEY)
            .with("OTEL_SDK_DISABLED", "false")
            .with("OTEL_EXPORTER_OTLP_ENDPOINT", spans.address())
            .with("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .with("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true")
            .start();
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    program.kill();
    spans.close();
  }

  @Test
  void followsARequestDownToSqlAndNamesItInTheLog() throws Exception {
    HttpResponse<String> answer =
        get(
            "/v1/partners?limit=1",
            "X-API-Key",
            KEY,
            "traceparent",
            "00-" + TRACE + "-" + CALLERS_SPAN + "-01",
            "User-Agent",
            "somebody@example.org");
    assertThat(answer.headers().firstValue("X-Request-Id")).contains(TRACE);
    get("/v1/companies?q=somebody%40example.org");
    stopTheDatabase();
    HttpResponse<String> failed =
        get("/v1/partners", "X-API-Key", KEY, "X-Request-Id", "without-database");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(scrape()).contains("directory_database_figures_age_seconds");

    program.terminate();
    List<Span> ours = spans.received().stream().filter(each -> each.trace().equals(TRACE)).toList();
    assertThat(ours).anySatisfy(ObservedIT::isTheRequest);
    Span request =
        ours.stream().filter(each -> each.parent().equals(CALLERS_SPAN)).findFirst().orElseThrow();
    Map<String, Span> byId = ours.stream().collect(Collectors.toMap(Span::id, each -> each));
    assertThat(ours)
        .filteredOn(each -> each.attributes().containsKey("db.statement"))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(root(each, byId)).isEqualTo(request));
    assertThat(spans.received().toString())
        .doesNotContain("somebody")
        .doesNotContain(KEY)
        .doesNotContain("log_horizon"); // which the program asks by itself
    assertThat(spans.received().stream().map(Span::trace).distinct()).hasSizeGreaterThan(1);

    List<JsonNode> lines = log();
    assertThat(lines)
        .filteredOn(each -> each.path("mdc").path("requestId").asText().equals("without-database"))
        .isNotEmpty();
    assertThat(program.output()).doesNotContain(KEY).doesNotContain("somebody");
  }

  private static void isTheRequest(Span span) {
    assertThat(span.parent()).isEqualTo(CALLERS_SPAN);
    assertThat(span.name()).isEqualTo("GET /v1/partners");
    assertThat(span.attributes())
        .containsEntry("url.path", "/v1/partners")
        .containsEntry("url.query", "hidden")
        .containsEntry("client.address", "hidden")
        .containsEntry("user_agent.original", "hidden");
  }

  private static Span root(Span span, Map<String, Span> byId) {
    Span above = span;
    for (Span next = byId.get(above.parent()); next != null; next = byId.get(above.parent())) {
      above = next;
    }
    return above;
  }

  /** Every line of the log but those of the banner is a JSON object. */
  private List<JsonNode> log() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines =
        program
            .output()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(
                line -> {
                  try {
                    return mapper.readTree(line);
                  } catch (IOException noJson) {
                    throw new AssertionError(line, noJson);
                  }
                })
            .toList();
    assertThat(lines).isNotEmpty();
    return lines;
  }

  private void stopTheDatabase() throws IOException {
    Path pid = folder.resolve("data/postgresql/cluster/postmaster.pid");
    long server = Long.parseLong(Files.readAllLines(pid).get(0).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(server);
    assertThat(process).isPresent();
    process.get().destroyForcibly();
    process.get().onExit().join();
  }

  private String scrape() throws Exception {
    String address =
        program
            .output()
            .lines()
            .filter(line -> line.contains("Metrics"))
            .findFirst()
            .orElseThrow()
            .replaceFirst(".*(http)", "$1")
            .strip();
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The builder takes no empty list. */
  private static String[] headersAnd(String... headers) {
    return Stream.concat(Stream.of("Accept", "*/*"), Arrays.stream(headers)).toArray(String[]::new);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
            .headers(headersAnd(headers))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
