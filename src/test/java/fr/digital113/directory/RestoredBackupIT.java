package fr.digital113.directory;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup of before an erasure is put back, and what was erased is not there again. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestoredBackupIT {
  private static final String KEY = "preset-admin-key-0123456789";
  private static final String PERSON =
      "\"emails\": [\"zephyrine@example.org\"], \"names\": [\"Zéphyrine Quidamour\"]";

  @TempDir private Path folder;

  private @Nullable Program running;

  @AfterEach
  void leaveNothingRunning() throws Exception {
    if (running != null) {
      running.kill();
    }
  }

  private void start() throws Exception {
    running =
        new Program(folder)
            .with("DIRECTORY_DATA_DIR", folder.resolve("data").toString())
            .with("DIRECTORY_DEMO", "false")
            .with("DIRECTORY_ADMIN_KEY", KEY)
            .start();
    while (request().get("/v1/companies?limit=1").statusCode() == 503) {
      Thread.sleep(200); // the team's index is being built
    }
  }

  private Program program() {
    return requireNonNull(running);
  }

  private RequestSpecification request() {
    return given()
        .baseUri("http://localhost:" + program().port())
        .header("X-API-Key", KEY)
        .contentType("application/json;charset=UTF-8");
  }

  private int found() {
    return request()
        .body("{%s, \"dryRun\": true}".formatted(PERSON))
        .post("/v1/erasures")
        .then()
        .statusCode(200)
        .extract()
        .path("total");
  }

  @Test
  void erasesAgainBeforeAnybodyCanRead() throws Exception {
    start();
    String company =
        request()
            .body(
                """
                {"name": "Quidam", "commune": "31555", "sectors": ["iot"], "email": "zephyrine@example.org",
                 "description": {"fr": "Par Zéphyrine Quidamour."}, "publication": "published"}
                """)
            .post("/v1/companies")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    program().terminate();
    Path cluster = folder.resolve("data/postgresql/cluster");
    Path backup = folder.resolve("backup");
    PathUtils.copyDirectory(cluster, backup);
    start();
    request()
        .body("{%s, \"reason\": \"request\"}".formatted(PERSON))
        .post("/v1/erasures")
        .then()
        .statusCode(201);
    assertThat(found()).isZero();
    program().terminate();

    putBack(backup);
    start();

    assertThat(program().output()).contains("is done again");
    assertThat(found()).isZero();
    String shown = request().queryParam("membership", "any").get("/v1/companies").asString();
    assertThat(shown).contains(company, "Par […].").doesNotContain("zephyrine", "Quidamour");
    List<String> replayed = request().get("/v1/erasures").path("data.replayedAt");
    assertThat(replayed).hasSize(1).doesNotContainNull();
    program().terminate();
    assertThat(filesThatName("Quidamour")).isEmpty();
  }

  /** The same numbers mean other things then: nothing may go on from what was seen before. */
  @Test
  void refusesWhatBelongsToTheStateThatWasLost() throws Exception {
    start();
    String kept = company("Gardée");
    program().terminate();
    Path backup = folder.resolve("backup");
    PathUtils.copyDirectory(folder.resolve("data/postgresql/cluster"), backup);
    start();
    for (int i = 0; i < 3; i++) {
      company("Perdue " + i);
    }
    Response list = request().get("/v1/companies?membership=any&limit=2");
    String cursor = list.path("page.next");
    String delta = request().get("/v1/changes?types=company&membership=any").path("delta");
    String edited = request().get("/v1/companies/" + kept + "?view=edit").header("ETag");
    program().terminate();

    putBack(backup);
    start();
    for (int i = 0; i < 3; i++) {
      company("Autre " + i); // of the same revisions as those that were lost
    }

    assertThat(program().output()).contains("a new epoch begins");
    RequestSpecification plain = request().urlEncodingEnabled(false);
    assertThat(plain.get(delta).statusCode()).isEqualTo(410);
    assertThat(request().urlEncodingEnabled(false).get(cursor).statusCode()).isEqualTo(400);
    Response again =
        request()
            .header("If-None-Match", list.header("ETag"))
            .get("/v1/companies?membership=any&limit=200");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.asString()).contains("Gardée", "Autre 2").doesNotContain("Perdue");
    int write =
        request()
            .header("If-Match", edited)
            .contentType("application/merge-patch+json")
            .body("{\"hiring\": true}")
            .patch("/v1/companies/" + kept)
            .statusCode();
    assertThat(write).isEqualTo(412);
  }

  private String company(String name) {
    return request()
        .body(
            "{\"name\": \"%s\", \"commune\": \"31555\", \"sectors\": [\"iot\"], \"publication\": \"published\"}"
                .formatted(name))
        .post("/v1/companies")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void putBack(Path backup) throws Exception {
    Path cluster = folder.resolve("data/postgresql/cluster");
    PathUtils.deleteDirectory(cluster);
    PathUtils.copyDirectory(backup, cluster);
    Files.setPosixFilePermissions(cluster, PosixFilePermissions.fromString("rwx------"));
  }

  /** Outside of PostgreSQL's own files and their backup. */
  private List<Path> filesThatName(String somebody) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      List<Path> own =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(folder.resolve("data/postgresql")))
              .toList();
      assertThat(own).anyMatch(file -> file.endsWith("erasures/journal.ndjson"));
      return own.stream()
          .filter(
              file -> {
                try {
                  return Files.readString(file, StandardCharsets.ISO_8859_1)
                      .toLowerCase(Locale.ROOT)
                      .contains(somebody.toLowerCase(Locale.ROOT));
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              })
          .toList();
    }
  }
}
