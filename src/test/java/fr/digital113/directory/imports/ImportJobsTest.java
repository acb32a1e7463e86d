package fr.digital113.directory.imports;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.web.Text;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportJobsTest {
  private static final String MEMBERS =
      """
      name,commune,sectors,siren,joinedOn,phone,descriptionFr,longitude,latitude,social,exportMarkets,headcount,hiring
      "=HYPERLINK(""x"")",31555,iot|e-sante,732829320,2019-02-05,+33 5 61,"deux
      lignes",-1.5,43.25,x=https://x.org,DE|FR,12,oui
      '@Beta,34172,iot,,2020-01-01,,,,,,,,
      Gamma,09122,logiciels,,,,,,,,,0,
      """;

  @Inject Jdbi jdbi;
  @Inject MeterRegistry registry;
  @Inject ImportKinds kinds;
  @Inject ImportRun importRun;
  @Inject ImportWorker worker;
  @Inject ImportJobs jobs;
  @Inject ImportReports reports;
  @Inject Uploads uploads;
  @Inject ImportRequests requests;
  @Inject Imports imports;
  @Inject DataFolder dataFolder;
  private Loads loads;

  @BeforeEach
  void reset() {
    loads = new Loads(jdbi, kinds, importRun);
    loads.reset();
  }

  private static RequestSpecification asAdmin() {
    return given().header("X-API-Key", DatabaseResource.ADMIN_KEY);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time waited").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private ImportJob over(UUID id) {
    await(() -> List.of("done", "failed").contains(jobs.find(id).orElseThrow().status()));
    return jobs.find(id).orElseThrow();
  }

  private static JsonPath send(String kind, byte[] file, String fileName, String dryRun) {
    return asAdmin()
        .multiPart("kind", kind)
        .multiPart("dryRun", dryRun)
        .multiPart("file", fileName, file)
        .post("/v1/imports")
        .then()
        .statusCode(202)
        .extract()
        .jsonPath();
  }

  private static JsonPath overHttp(String id) {
    String[] body = new String[1];
    await(
        () -> {
          body[0] = asAdmin().get("/v1/imports/" + id).then().statusCode(200).extract().asString();
          return List.of("done", "failed").contains(new JsonPath(body[0]).getString("status"));
        });
    return new JsonPath(body[0]);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void answersWithAJobThatEndsWithItsReport() {
    String id =
        asAdmin()
            .multiPart("kind", "members")
            .multiPart(
                "file",
                "C:\\team\\membres.csv",
                utf8("name,commune,sectors\nAlpha,31555,iot\nBeta,9122,iot\n=cmd,1,iot\n"))
            .post("/v1/imports")
            .then()
            .statusCode(202)
            .extract()
            .jsonPath()
            .getString("id");

    JsonPath job = overHttp(id);

    assertThat(job.getString("status")).isEqualTo("done");
    assertThat(job.getString("kind")).isEqualTo("members");
    assertThat(job.getString("fileName")).isEqualTo("membres.csv");
    assertThat(job.getBoolean("dryRun")).isFalse();
    assertThat(job.getMap("rows"))
        .isEqualTo(
            Map.of(
                "read",
                3,
                "created",
                2,
                "updated",
                0,
                "unchanged",
                0,
                "skipped",
                0,
                "rejected",
                1));
    assertThat(loads.rows("select actor from revision order by revision desc limit 1"))
        .containsExactly("admin key");
    assertThat(job.getList("errors.line")).containsExactly(3, 4);
    assertThat(job.getList("errors.outcome")).containsExactly("repaired", "rejected");
    assertThat(job.getList("errors.value")).containsExactly("9122", "1");
    asAdmin()
        .get("/v1/imports/" + id + "/report?limit=1&lang=en")
        .then()
        .statusCode(200)
        .body("data", hasSize(1))
        .body("data[0].reason", equalTo("Read as \"09122\"."));
    String next =
        asAdmin().get("/v1/imports/" + id + "/report?limit=1").jsonPath().getString("page.next");
    asAdmin().get(next).then().body("data[0].line", equalTo(4)).body("page.next", equalTo(null));
    asAdmin()
        .accept("text/csv")
        .header("Accept-Language", "en")
        .get("/v1/imports/" + id + "/report")
        .then()
        .statusCode(200)
        .contentType("text/csv;charset=UTF-8")
        .body(
            equalTo(
                "line,column,value,outcome,code,reason\r\n"
                    + "3,commune,9122,repaired,repaired,\"Read as \"\"09122\"\".\"\r\n"
                    + "4,commune,1,rejected,unknown_commune,The Insee code of a commune of Occitanie is"
                    + " expected (a name or a postal code is not enough): see /v1/territories?level=commune.\r\n"));
    asAdmin()
        .get("/v1/imports?limit=1")
        .then()
        .body("data", hasSize(1))
        .body("data[0].id", equalTo(id));
  }

  @Test
  void keepsTheReportOfADryRunAndNothingElse() throws IOException {
    JsonPath sent =
        send(
            "members", utf8("name,commune,sectors\nAlpha,31555,iot\nBad,1,iot\n"), "a.csv", "true");

    JsonPath job = overHttp(sent.getString("id"));

    assertThat(job.getString("status")).isEqualTo("done");
    assertThat(job.getBoolean("dryRun")).isTrue();
    assertThat(job.getInt("rows.created")).isEqualTo(1);
    assertThat(job.getList("errors.code")).containsExactly("unknown_commune");
    assertThat(loads.rows("select * from company")).isEmpty();
    await(
        () -> {
          try (var files = Files.list(dataFolder.uploads())) {
            return files.noneMatch(Files::isRegularFile);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void refusesAControlCharacterInAField() {
    asAdmin()
        .multiPart("kind", "sirene-etablissements")
        .multiPart("territory", "a\0b")
        .multiPart("file", "a.csv", utf8("x\n"))
        .post("/v1/imports")
        .then()
        .statusCode(400)
        .body("errors[0].parameter", equalTo("territory"))
        .body("errors[0].code", equalTo("control_character"));
  }

  @Test
  void saysThatAFormIsBroken() {
    asAdmin()
        .config(
            RestAssured.config()
                .encoderConfig(
                    encoderConfig().encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
        .contentType("multipart/form-data; boundary=B")
        .body("--B\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nmembers")
        .post("/v1/imports")
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/malformed-request"));
  }

  @Test
  void importsItsOwnExportsUnchanged() {
    loads.load("members", MEMBERS);
    loads.load(
        "members",
        "name,commune,sectors,joinedOn,leftOn,origin\nOld,31555,iot,2012-01-01,2018-01-01,digitalplace\n");
    String gamma = "gamma";
    loads.load(
        "factories",
        "name,missionFr,sectors,status,lead1,lead2,participants\nFine,\"a;b\",iot,active,hyperlink-x,beta,%s\n"
            .formatted(gamma));
    long revision = loads.revision();

    for (String query : List.of("format=csv", "format=csv&dialect=excel", "format=xlsx")) {
      Path members =
          Loads.file(
              asAdmin()
                  .get("/v1/imports/exports/members?" + query)
                  .then()
                  .statusCode(200)
                  .extract()
                  .asByteArray());
      Path factories =
          Loads.file(
              asAdmin()
                  .get("/v1/imports/exports/factories?" + query)
                  .then()
                  .statusCode(200)
                  .extract()
                  .asByteArray());

      assertThat(loads.load("members", members, false))
          .as(query)
          .isEqualTo(new Loads.Result(new RowCounts(4, 0, 0, 4, 0, 0), List.of()));
      assertThat(loads.load("factories", factories, false))
          .as(query)
          .isEqualTo(new Loads.Result(new RowCounts(1, 0, 0, 1, 0, 0), List.of()));
    }
    assertThat(loads.revision()).isEqualTo(revision);
  }

  @Test
  void neutralisesFormulasInExports() {
    loads.load("members", MEMBERS);

    assertThat(asAdmin().get("/v1/imports/exports/members?format=csv").asString())
        .contains(",\"'=HYPERLINK(\"\"x\"\")\",")
        .contains(",'+33 5 61,")
        .contains(",43.25,-1.5,");
  }

  @Test
  void givesTemplatesWithEveryColumn() throws IOException {
    String csv = asAdmin().get("/v1/imports/templates/factories?format=csv").asString();
    assertThat(csv)
        .isEqualTo(
            "id,slug,name,missionFr,missionEn,sectors,status,lead1,lead1Since,lead2,lead2Since,participants\r\n");
    byte[] xlsx = asAdmin().get("/v1/imports/templates/members?format=xlsx").asByteArray();
    assertThatThrownBy(() -> Tables.open(Loads.file(xlsx), "t").close())
        .hasMessage("unreadable-file: The file has no row under its header.");
  }

  @Test
  void failsAJobWhoseProcessIsGone() {
    UUID id = UUID.randomUUID();
    double before = failed();
    jobs.insert(id, "members", "a.csv", false, "test");
    assertThat(jobs.start(id)).isTrue();

    ImportJob job = over(id);

    assertThat(job.status()).isEqualTo("failed");
    assertThat(failed()).isEqualTo(before + 1);
    assertThat(job.failure())
        .isEqualTo(
            new Text(
                "interrompu ; rien du fichier n'a été gardé",
                "interrupted; nothing of the file was kept"));
  }

  private double failed() {
    return registry.get("directory.import.jobs.ended").tag("outcome", "failed").counter().count();
  }

  @Test
  void keepsNothingWhenTheDatabaseConnectionIsKilledMidway() {
    StringBuilder csv = new StringBuilder("name,commune,sectors\n");
    for (int i = 0; i < 20_000; i++) {
      csv.append("Company ").append(i).append(",31555,iot\n");
    }
    Path file = uploads.keep(new ByteArrayInputStream(utf8(csv.toString())));
    ImportKind interrupted = new InterruptedKind(kinds.named("members"));

    UUID id =
        worker.submit(
            new ImportRun.Load(
                interrupted, file, "big.csv", new ImportOptions(List.of(), null, "test"), false));

    ImportJob job = over(id);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.failure())
        .isEqualTo(
            new Text(
                "La base de données s'est arrêtée ; rien du fichier n'a été gardé.",
                "The database went away; nothing of the file was kept."));
    assertThat(job.rows()).isEqualTo(RowCounts.NONE);
    assertThat(loads.rows("select * from company")).isEmpty();
    await(() -> !Files.exists(file));
  }

  /** The members kind, whose connection is killed in the middle of its COPY. */
  private final class InterruptedKind implements ImportKind {
    private final ImportKind members;

    InterruptedKind(ImportKind members) {
      this.members = members;
    }

    @Override
    public String name() {
      return "members";
    }

    @Override
    public void checkHeader(List<String> header) {
      members.checkHeader(header);
    }

    @Override
    public void run(Handle database, Table table, ImportOptions options, RowReport report)
        throws IOException {
      int backend = database.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
      members.run(
          database,
          new Table() {
            @Override
            public List<String> header() {
              return table.header();
            }

            @Override
            public boolean next() throws IOException {
              if (table.line() == 10_000) {
                jdbi.useHandle(
                    other -> other.execute("select pg_terminate_backend(?, 5000)", backend));
              }
              return table.next();
            }

            @Override
            public long line() {
              return table.line();
            }

            @Override
            public @Nullable String cell(int column) {
              return table.cell(column);
            }

            @Override
            public void close() {}
          },
          options,
          report);
    }
  }

  @Test
  void refusesWhatIsWrongBeforeThereIsAJob() {
    assertThatThrownBy(() -> requests.accept(Map.of("kinds", List.of()), "test"))
        .hasMessage("invalid-parameter: Unknown field. Valid: kind, file, dryRun, naf, territory.");
    assertThatThrownBy(() -> requests.accept(Map.of(), "test"))
        .hasMessageStartingWith(
            "invalid-parameter: Valid values: events, factories, initiatives, meetings, members");
    assertThatThrownBy(() -> kinds.named("member"))
        .hasMessageStartingWith(
            "invalid-parameter: Valid values: events, factories, initiatives, meetings, members");
    assertThat(loads.rows("select * from import_job")).isEmpty();
  }

  @Test
  void loadsFilesOfTheProgramWholeOrNotAtAll() {
    assertThatThrownBy(
            () ->
                imports.load(
                    "members",
                    new ByteArrayInputStream(
                        utf8("name,commune,sectors\nAlpha,31555,iot\nBad,1,iot\n")),
                    "demo"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 rows of members rejected: line 3, commune: The Insee code");
    assertThat(loads.rows("select * from company")).isEmpty();

    assertThat(
            imports.load(
                "members",
                new ByteArrayInputStream(utf8("name,commune,sectors\nAlpha,31555,iot\n")),
                "demo"))
        .isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(loads.rows("select actor from revision order by revision desc limit 1"))
        .containsExactly("demo");
  }

  @Test
  void deletesTheUploadOfARequestThatEndsInAnError() throws IOException {
    Path file = uploads.keep(new ByteArrayInputStream(utf8("name,commune,sectors\nA,31555,iot\n")));
    ImportKind failing =
        new ImportKind() {
          @Override
          public String name() {
            return "members";
          }

          @Override
          public void checkHeader(List<String> header) {
            throw new StackOverflowError();
          }

          @Override
          public void run(Handle database, Table table, ImportOptions options, RowReport report) {}
        };
    ImportRun.Load load =
        new ImportRun.Load(
            failing, file, "a.csv", new ImportOptions(List.of(), null, "test"), false);

    assertThatThrownBy(() -> requests.submit(load)).isInstanceOf(StackOverflowError.class);

    assertThat(file).doesNotExist();
  }

  @Test
  void keepsWhatArrivesInTheDataFolderAndClearsItAtStart() throws IOException {
    assertThat(
            ConfigProvider.getConfig().getValue("quarkus.http.body.uploads-directory", Path.class))
        .isEqualTo(dataFolder.incoming());
    Path body = Files.createFile(dataFolder.incoming().resolve("left-by-a-killed-process"));
    Path kept = uploads.keep(new ByteArrayInputStream(utf8("a")));
    assertThat(kept).hasParent(dataFolder.uploads());

    uploads.clear();

    assertThat(body).doesNotExist();
    assertThat(kept).doesNotExist();
    assertThat(dataFolder.incoming()).isEmptyDirectory();
  }

  @Test
  void givesAFileNoLinesOfItsOwnInTheLog() {
    assertThat(ImportRequests.baseName("C:\\a\nb\u001b[31m\u0085\u2028é.csv"))
        .isEqualTo("a_b_[31m__é.csv");
  }

  @Test
  void takesTheLockOfAJobAsSoonAsItCanBeHad() {
    UUID id = UUID.randomUUID();
    JobOwnership ownership = new JobOwnership(jdbi);
    try (Handle other = jdbi.open()) {
      assertThat(tryLock(other, id)).isTrue();
      ownership.take(id);
      ownership.keep();
      other.execute("select pg_advisory_unlock_all()");
      ownership.keep();
      assertThat(tryLock(other, id)).isFalse();
      ownership.release(id);
      assertThat(tryLock(other, id)).isTrue();
      other.execute("select pg_advisory_unlock_all()");
    }
  }

  private static boolean tryLock(Handle database, UUID id) {
    return database
        .createQuery("select pg_try_advisory_lock(" + JobOwnership.KEY + ")")
        .bind(0, id.toString())
        .mapTo(Boolean.class)
        .one();
  }

  @Test
  void reportsNothingOfConfidentialColumns() {
    Loads.Result result =
        loads.load(
            "members",
            "name,commune,sectors,email,address,headcount\n"
                + "A,31555,iot,jane at home,,\n"
                + "B,31555,iot,,\"%s\",\n".formatted("x".repeat(40_000))
                + "C,31555,iot,,,about ten\n"
                + "D,31555,iot,,,,jane@home.example\n");

    assertThat(result.toString()).doesNotContain("jane", "xxx", "about ten");
    assertThat(result.rows().rejected()).isEqualTo(4);
  }
}
