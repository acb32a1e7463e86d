package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.database.DatabaseOutage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL stops after the program has started on the index that it kept, and before anybody has
 * read: what is loaded at the first read only is missing then.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseAwayFromStartIT {
  private static final String KEY = "preset-admin-key-0123456789";
  private static final String FILE =
      "slug,name,commune,sectors,joinedOn,headcount\n%s,%s,31555,iot,2020-01-01,12\n";

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();

  @AfterEach
  void leaveNothingRunning() throws Exception {
    for (Program program : programs) {
      if (program.isRunning()) {
        program.terminate();
      }
    }
  }

  @Test
  void everyFirstReadIsAnsweredAsItWasBefore() throws Exception {
    Program first = started();
    Visitor before = new Visitor(first, KEY);
    JsonNode job = before.over(before.submit("members", FILE.formatted("first", "First")));
    assertThat(job.path("status").asText()).as("%s", job).isEqualTo("done");
    Map<String, JsonNode> shown = before.asThePublic().walk();
    JsonNode cluster = before.read("/v1/cluster");
    first.terminate();

    Program second = started();
    assertThat(second.output()).doesNotContain("Index built");
    Visitor visitor = new Visitor(second, KEY);
    Visitor reader = visitor.asThePublic();
    try (DatabaseOutage outage = DatabaseOutage.begin(folder.resolve("data"))) {
      assertThat(outage).isNotNull();
      HttpResponse<String> unknown = reader.get("/v1/companies?sizeClass=none");
      assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(400);
      assertThat(unknown.body()).contains("02, 03, 11, 12");
      assertThat(reader.read("/v1/companies?sizeClass=11").path("page").path("total").asInt())
          .isEqualTo(1);
      assertThat(reader.read("/v1/companies/first")).isEqualTo(item(shown, "companies/"));
      assertThat(reader.read("/v1/cluster")).isEqualTo(cluster);
      assertThat(PublicTables.differences(shown, reader.walk())).isEmpty();
      assertThat(visitor.send("members", FILE.formatted("away", "Away")).statusCode())
          .isEqualTo(503);
    }
    // A write works as soon as the pool has seen that the server is back.
    Visitor.await(() -> visitor.get("/v1/imports").statusCode() == 200, 60);
    JsonNode later = visitor.over(visitor.submit("members", FILE.formatted("later", "Later")));
    assertThat(later.path("status").asText()).as("%s", later).isEqualTo("done");
    assertThat(visitor.read("/v1/companies/later").path("name").asText()).isEqualTo("Later");
  }

  private static JsonNode item(Map<String, JsonNode> shown, String list) {
    return shown.entrySet().stream()
        .filter(each -> each.getKey().startsWith(list))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private Program started() throws Exception {
    Program program =
        new Program(folder)
            .with("DIRECTORY_DATA_DIR", folder.resolve("data").toString())
            .with("DIRECTORY_DEMO", "false")
            .with("DIRECTORY_ADMIN_KEY", KEY);
    programs.add(program);
    return program.start();
  }
}
