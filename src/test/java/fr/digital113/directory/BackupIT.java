package fr.digital113.directory;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.webhooks.TestReceiver;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The scripts of src/main/scripts, on the embedded database of the packaged program. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupIT {
  private static final String KEY = "preset-admin-key-0123456789";
  private static final String PERSON =
      "\"emails\": [\"zephyrine@example.org\"], \"names\": [\"Zéphyrine Quidamour\"]";

  @TempDir private Path folder;

  private @Nullable Program running;
  private @Nullable TestReceiver receiver;

  @AfterEach
  void leaveNothingRunning() throws Exception {
    if (running != null) {
      running.kill();
      // What the killed program leaves is its server
      running = program("data");
      running.start();
      running.terminate();
    }
    if (receiver != null) {
      receiver.close();
    }
  }

  @Test
  void bringsBackWhatWasThereAndNobodyWhoWasErasedSince() throws Exception {
    start();
    String kept = company("Quidam", "zephyrine@example.org", "Par Zéphyrine Quidamour.");
    String partner = post("/v1/partners", "{\"name\": \"Agence\"}", 201).path("id");
    String ended = key(partner, "ended later");
    receiver = new TestReceiver();
    String webhook =
        "{\"partner\": \"%s\", \"url\": \"%s\", \"types\": [\"company\"], \"filter\": \"membership=any\"}"
            .formatted(partner, receiver.url());
    receiver.verifiesWith(post("/v1/webhooks", webhook, 201).path("secret"));
    company("Racontée", "accueil@example.org", "Avant.");
    Visitor.await(() -> told().contains("company.changed"), 30);
    Map<String, JsonNode> before = content();
    Path backup = folder.resolve("backup");

    assertThat(backup("--to", backup.toString()))
        .contains("The data folder " + data() + " is in use by another instance");
    assertThat(folder).isDirectoryNotContaining("glob:**/backup*");
    program().terminate();
    String done = backup("--to", backup.toString());
    assertThat(done).startsWith("Backed up to " + backup);
    assertThat(permissions(backup)).isEqualTo("rwx------");
    assertThat(permissions(backup.resolve("MANIFEST"))).isEqualTo("rw-------");
    assertThat(permissions(backup.resolve("cluster.tar.gz"))).isEqualTo("rw-------");
    assertThat(backup("--to", backup.toString())).contains("is there already");

    start();
    company("Perdue", "autre@example.org", "Après.");
    String late = key(partner, "made later");
    request().delete("/v1/partners/" + partner + "/keys/" + idOf(partner, "ended later"));
    post("/v1/erasures", "{%s, \"reason\": \"request\"}".formatted(PERSON), 201);
    Response list = request().get("/v1/companies?membership=any&limit=2");
    String delta = request().get("/v1/changes?types=company&membership=any").path("delta");
    String edited = request().get("/v1/companies/" + kept + "?view=edit").header("ETag");
    Visitor.await(() -> told().size() >= 3, 30);
    program().terminate();
    int toldBefore = told().size();
    Path lost = Files.move(data(), folder.resolve("lost"));
    String journal = lost.resolve("erasures/journal.ndjson").toString();

    assertThat(restore("--from", backup.toString()))
        .startsWith("Who was erased since this backup is in it again.");
    assertThat(data()).doesNotExist();
    assertThat(restore("--from", backup.toString(), "--journal", journal))
        .contains("Restored into " + data());
    assertThat(restore("--from", backup.toString(), "--journal", journal))
        .startsWith("There is a database in " + data());
    assertThat(backup("--to", folder.resolve("second").toString()))
        .startsWith("The restore into " + data() + " is not finished");
    start();

    assertThat(program().output()).contains("a new epoch begins", "is done again");
    assertThat(data().resolve("restored")).doesNotExist();
    assertThat(
            post("/v1/erasures", "{%s, \"dryRun\": true}".formatted(PERSON), 200)
                .<Integer>path("total"))
        .isZero();
    Map<String, JsonNode> after = content();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(requireNonNull(after.get("companies/" + kept)).toString())
        .contains("Par […].")
        .doesNotContain("zephyrine", "Quidamour");
    after.remove("companies/" + kept);
    before.remove("companies/" + kept);
    assertThat(after).isEqualTo(before);
    assertThat(PublicTables.differences(PublicTables.shown(database()), walk())).isEmpty();

    // What belongs to the state that was lost
    assertThat(request().urlEncodingEnabled(false).get(delta).statusCode()).isEqualTo(410);
    String cursor = list.path("page.next");
    assertThat(request().urlEncodingEnabled(false).get(cursor).statusCode()).isEqualTo(400);
    assertThat(
            request()
                .header("If-None-Match", list.header("ETag"))
                .get("/v1/companies?membership=any&limit=2")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            request()
                .header("If-Match", edited)
                .contentType("application/merge-patch+json")
                .body("{\"hiring\": true}")
                .patch("/v1/companies/" + kept)
                .statusCode())
        .isEqualTo(412);

    // Keys are those of the backup, as docs/operations/backup.md warns
    assertThat(statusWith(late)).isEqualTo(401);
    assertThat(statusWith(ended)).isEqualTo(200);

    // Receivers begin again before they are told anything
    Visitor.await(() -> told().size() > toldBefore, 30);
    company("Nouvelle", "nouvelle@example.org", "Depuis.");
    Visitor.await(() -> told().size() > toldBefore + 1, 30);
    assertThat(told().subList(toldBefore, told().size()))
        .containsExactly("restart", "company.changed");
  }

  @Test
  void takesNoBackupThatIsDamagedUnfinishedOrOfANewerProgram() throws Exception {
    start();
    company("Gardée", "gardee@example.org", "Gardée.");
    program().kill();
    Path backup = folder.resolve("backup");
    assertThat(backup("--to", backup.toString()))
        .startsWith("The program in " + data() + " was killed and has not ended its database.");
    start();
    program().terminate();

    // A file may not be larger than this, as when the disk is full
    assertThat(run("ulimit -f 256; exec \"$0\" \"$@\"", "backup", "--to", backup.toString()))
        .startsWith("The backup failed and nothing of it is left (");
    assertThat(folder).isDirectoryNotContaining("glob:**/backup*");
    backup("--to", backup.toString());
    Path elsewhere = folder.resolve("elsewhere");
    String[] restore = {
      "--from", backup.toString(), "--without-journal", "--data-dir", elsewhere.toString()
    };

    String manifest = Files.readString(backup.resolve("MANIFEST"));
    Files.writeString(
        backup.resolve("MANIFEST"), manifest.substring(0, manifest.indexOf("manifest ")));
    assertThat(restore(restore))
        .isEqualTo(backup + " is not a whole backup: a file is missing or damaged.");
    Files.writeString(backup.resolve("MANIFEST"), newer(manifest));
    assertThat(restore(restore))
        .startsWith("This backup is of a newer program: its database is at version 9999");
    Files.writeString(backup.resolve("MANIFEST"), manifest);

    Path archive = backup.resolve("cluster.tar.gz");
    byte[] bytes = Files.readAllBytes(archive);
    byte[] damaged = bytes.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(archive, damaged);
    assertThat(restore(restore))
        .isEqualTo(backup + " is not a whole backup: a file is missing or damaged.");
    for (String harm :
        List.of(
            "ln -s / cluster/pg_tblspc/1",
            "ln cluster/PG_VERSION cluster/linked",
            "touch elsewhere",
            "touch outside; tar -rPf ../c.tar --transform 's,^,cluster/../../,' outside")) {
      Files.write(archive, bytes);
      harm(archive, harm);
      Files.writeString(backup.resolve("MANIFEST"), signed(manifest, archive));
      assertThat(restore(restore))
          .as(harm)
          .isEqualTo(
              backup
                  + " has links, or files that belong elsewhere: no backup of this program. Nothing was changed.");
      assertThat(elsewhere.resolve("postgresql")).doesNotExist();
      assertThat(elsewhere.resolve("restored")).doesNotExist();
    }
    Files.writeString(backup.resolve("MANIFEST"), manifest);
    Files.write(archive, bytes);
    String[] withJournal = {
      "--from",
      backup.toString(),
      "--journal",
      folder.resolve("journal").toString(),
      "--data-dir",
      elsewhere.toString()
    };
    String cutOff = "{\"id\":\"x";
    // More than a pipe takes at once
    String longOne = "no line\n" + (cutOff + "\"}\n").repeat(20_000);
    for (String journal : List.of(cutOff + "\nno line\n" + cutOff, longOne)) {
      Files.writeString(folder.resolve("journal"), journal);
      assertThat(restore(withJournal))
          .isEqualTo(
              "The journal of erasures "
                  + folder.resolve("journal")
                  + " is damaged. Take another copy of it.");
    }
    Files.writeString(folder.resolve("journal"), cutOff + "\n\n{\n{\"id\n{\"id\":\n" + cutOff);
    assertThat(elsewhere.resolve("postgresql/cluster")).doesNotExist();

    // Ended half-way: the program does not begin with an empty database in its place
    assertThat(run("ulimit -f 256; exec \"$0\" \"$@\"", "restore", withJournal))
        .startsWith("The restore failed (");
    assertThat(program("elsewhere").fails()).startsWith("The restore of a backup into ");
    assertThat(restore(withJournal)).contains("Restored into " + elsewhere);
    Program restored = program("elsewhere").start();
    try {
      assertThat(
              new Visitor(restored, KEY)
                  .read("/v1/companies?membership=any")
                  .findValuesAsText("name"))
          .contains("Gardée");
    } finally {
      restored.terminate();
    }
  }

  private void start() throws Exception {
    running = program("data").start();
  }

  private Program program(String data) throws IOException {
    return new Program(folder)
        .with("DIRECTORY_DATA_DIR", folder.resolve(data).toString())
        .with("DIRECTORY_DEMO", "false")
        .with("DIRECTORY_WEBHOOKS_ALLOW_LOOPBACK", "true")
        .with("DIRECTORY_ADMIN_KEY", KEY);
  }

  private Program program() {
    return requireNonNull(running);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String backup(String... arguments) throws Exception {
    return run("exec \"$0\" \"$@\"", "backup", arguments);
  }

  private String restore(String... arguments) throws Exception {
    return run("exec \"$0\" \"$@\"", "restore", arguments);
  }

  /** What a script says, which is one line when it fails; run by a line of a shell. */
  private String run(String shell, String script, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                shell,
                Path.of("src/main/scripts", script).toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(QUARKUS|DIRECTORY)_.*"));
    builder.environment().put("DIRECTORY_DATA_DIR", data().toString());
    builder
        .environment()
        .merge(
            "PATH",
            Path.of(System.getProperty("java.home"), "bin").toString(),
            (path, java) -> java + ":" + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      assertThat(said.lines()).as(said).hasSize(1);
    }
    return said.strip();
  }

  /** Makes an archive again after a line of a shell was run among its files. */
  private static void harm(Path archive, String shell) throws Exception {
    String script =
        """
        set -eu
        cd "$(dirname "$0")" && mkdir files && tar -C files -xzpf "$0" && cd files
        tar -cPf ../c.tar cluster superuser.password
        %s
        case "$(ls)" in *outside*) ;; *) tar -cPf ../c.tar * ;; esac
        gzip -1 -c ../c.tar >"$0" && cd .. && rm -rf files c.tar
        """
            .formatted(shell);
    Process process =
        new ProcessBuilder("bash", "-c", script, archive.toString()).inheritIO().start();
    assertThat(process.waitFor()).as(shell).isZero();
  }

  /** Of a program that has a migration more, as its own backup would say. */
  private static String newer(String manifest) throws Exception {
    return signed(manifest.replaceFirst("schema \\d+", "schema 9999"));
  }

  private static String signed(String manifest, Path archive) throws Exception {
    return signed(
        manifest.replaceFirst("(file \\S+) \\S+", "$1 " + sha256(Files.readAllBytes(archive))));
  }

  private static String signed(String manifest) throws Exception {
    String lines = manifest.replaceFirst("manifest .*\n", "");
    return lines + "manifest " + sha256(lines.getBytes(StandardCharsets.UTF_8)) + "\n";
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private RequestSpecification request() {
    return given()
        .baseUri("http://localhost:" + program().port())
        .header("X-API-Key", KEY)
        .contentType("application/json;charset=UTF-8");
  }

  private Response post(String path, String body, int status) {
    Response answer = request().body(body).post(path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    return answer;
  }

  private String company(String name, String email, String description) {
    return post(
            "/v1/companies",
            """
            {"name": "%s", "commune": "31555", "sectors": ["iot"], "email": "%s",
             "description": {"fr": "%s"}, "publication": "published"}
            """
                .formatted(name, email, description),
            201)
        .path("id");
  }

  private String key(String partner, String label) {
    return post("/v1/partners/" + partner + "/keys", "{\"label\": \"%s\"}".formatted(label), 201)
        .path("key");
  }

  private String idOf(String partner, String label) {
    return request()
        .get("/v1/partners/" + partner + "/keys")
        .path("data.find { it.label == '%s' }.id".formatted(label));
  }

  private int statusWith(String key) {
    return given()
        .baseUri("http://localhost:" + program().port())
        .header("X-API-Key", key)
        .get("/v1/companies?limit=1")
        .statusCode();
  }

  private List<String> told() {
    return requireNonNull(receiver).messages().stream()
        .map(
            message ->
                message.event().path("type").asText().replace("fr.digital113.directory.", ""))
        .toList();
  }

  private Map<String, JsonNode> walk() throws Exception {
    return new Visitor(program(), KEY).asThePublic().walk();
  }

  private Map<String, JsonNode> content() throws Exception {
    return new TreeMap<>(walk());
  }

  private Jdbi database() throws IOException {
    Path postgresql = data().resolve("postgresql");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    // The fourth line of this file is the port.
    source.setPortNumbers(
        new int[] {
          Integer.parseInt(
              Files.readAllLines(postgresql.resolve("cluster/postmaster.pid")).get(3).strip())
        });
    source.setDatabaseName("directory");
    source.setUser("postgres");
    source.setPassword(Files.readString(postgresql.resolve("superuser.password")).strip());
    return Jdbi.create(source);
  }
}
