package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Two programs on a primary with a synchronous standby, through a pooler: a standby that lags, then
 * one that takes over while clients write. Run by .ci/scale; fails by an error, else prints what it
 * saw.
 */
final class ScaleCheck {
  private static final System.Logger LOG = System.getLogger(ScaleCheck.class.getName());
  private static final String KEY = "preset-admin-key-0123456789";
  private static final int COMPANIES = 1_500;
  private static final String FIGURE =
      "/v1/statistics/companies?asOf=2019-06-01&format=json&measure=companies";

  private final Path folder;
  private final ReplicatedPostgres postgres;
  private final Program one;
  private final Program other;
  private final Visitor atOne;
  private final Visitor atOther;
  private String epoch = "";

  private ScaleCheck(Path folder, ReplicatedPostgres postgres) throws Exception {
    this.folder = folder;
    this.postgres = postgres;
    this.one = program("one").with("DIRECTORY_DATABASE_DIRECT_URL", postgres.directUrl());
    this.other = program("other"); // without a direct way: it asks, and migrates through the pooler
    this.atOne = new Visitor(one, KEY);
    this.atOther = new Visitor(other, KEY);
  }

  public static void main(String... arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of("target/scale"));
    int exit = 1; // threads of clients would let a failure run on
    try (ReplicatedPostgres postgres = new ReplicatedPostgres()) {
      ScaleCheck check = new ScaleCheck(folder, postgres);
      try {
        check.refusesWaysThatWouldGoWrong();
        check.other.start();
        check.one.start();
        check.load();
        check.tellsOthersInTime();
        check.neverReadsALaggingStandbyTooEarly();
        check.losesNoAcknowledgedWriteWhenTheStandbyTakesOver();
        check.leavesNothingBehindInThePooler();
        exit = 0;
      } finally {
        check.one.kill();
        check.other.kill();
      }
    } catch (Exception | AssertionError failure) {
      LOG.log(System.Logger.Level.ERROR, "The check failed", failure);
    }
    System.exit(exit);
  }

  private Program program(String name) throws Exception {
    Path data = folder.resolve(name);
    deleteAll(data);
    return new Program(folder)
        .with("DIRECTORY_DATA_DIR", data.toString())
        .with("DIRECTORY_DEMO", "false")
        .with("DIRECTORY_ADMIN_KEY", KEY)
        .with("QUARKUS_DATASOURCE_JDBC_URL", postgres.pooledUrl())
        .with("QUARKUS_DATASOURCE_USERNAME", "directory")
        .with("QUARKUS_DATASOURCE_PASSWORD", "")
        .with("DIRECTORY_DATABASE_STANDBY_URL", postgres.standbyUrl());
  }

  private void refusesWaysThatWouldGoWrong() throws Exception {
    String pooled = postgres.pooledUrl().replaceFirst("[?].*", "");
    String place = pooled.replace("jdbc:postgresql://", "");
    assertThat(program("refused").with("QUARKUS_DATASOURCE_JDBC_URL", pooled).fails())
        .isEqualTo(
            "QUARKUS_DATASOURCE_JDBC_URL leads through a connection pooler at %s, where statements must have no names. Add prepareThreshold=0 to it."
                .formatted(place));
    assertThat(
            program("refused").with("DIRECTORY_DATABASE_DIRECT_URL", postgres.pooledUrl()).fails())
        .isEqualTo(
            "DIRECTORY_DATABASE_DIRECT_URL leads through a connection pooler at %s. Let it lead to PostgreSQL itself."
                .formatted(place));
    assertThat(
            program("refused").with("DIRECTORY_DATABASE_DIRECT_URL", postgres.standbyUrl()).fails())
        .isEqualTo(
            "DIRECTORY_DATABASE_DIRECT_URL leads to a standby at %s. Let it lead to the primary."
                .formatted(postgres.standbyUrl().replace("jdbc:postgresql://", "")));
  }

  /** By three jobs at once, none of which the other program may take for lost. */
  private void load() throws Exception {
    String file =
        "slug,name,commune,sectors,joinedOn,headcount,descriptionFr\n"
            + IntStream.range(0, COMPANIES)
                .mapToObj(
                    i ->
                        "company-%d,Company %d,31555,iot,2020-01-01,5,Une compagnie fictive.\n"
                            .formatted(i, i))
                .collect(Collectors.joining());
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      jobs.add(atOne.submit("members", file));
    }
    for (String job : jobs) {
      assertThat(atOne.over(job).path("status").asText()).isEqualTo("done");
    }
    epoch = epoch();
    say("%d companies imported through PgBouncer, by three jobs", COMPANIES);
  }

  private void tellsOthersInTime() throws Exception {
    say("a write is shown by the other program after (ms), both ways:");
    say("  with a direct connection: %s", visibleAfter(atOther, atOne));
    say("  by asking twice a second: %s", visibleAfter(atOne, atOther));
  }

  private static String visibleAfter(Visitor writer, Visitor reader) throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      HttpResponse<String> written =
          writer.patch("/v1/companies/company-0", "{\"name\": \"Visible %d\"}".formatted(i));
      assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
      String name = "Visible " + i + "\"";
      long started = System.nanoTime();
      Visitor.await(
          () -> reader.asThePublic().get("/v1/companies/company-0").body().contains(name), 10);
      millis.add((System.nanoTime() - started) / 1_000_000);
    }
    millis.sort(null);
    return "median %d, slowest of 40 %d".formatted(millis.get(20), millis.get(39));
  }

  /** What is labelled with a revision has it, although the standby stands still. */
  private void neverReadsALaggingStandbyTooEarly() throws Exception {
    Jdbi standby = postgres.standby();
    long before = rowsRead(standby);
    members(atOne.read(FIGURE));
    Visitor.await(() -> rowsRead(standby) > before, 10);
    standbySuperuser("select pg_wal_replay_pause()");
    long least = members(atOne.read(FIGURE));
    for (int i = 0; i < 20; i++) {
      JsonNode company =
          atOne.create(
              "/v1/companies",
              """
              {"name": "Ancienne %d", "commune": "31555", "sectors": ["iot"], "publication": "published"}
              """
                  .formatted(i));
      HttpResponse<String> joined =
          atOne.post(
              "/v1/companies/" + company.path("slug").asText() + "/memberships",
              "joined-" + i,
              "{\"joinedOn\": \"%s\", \"origin\": \"digital113\"}"
                  .formatted(LocalDate.of(2019, 1, 1)));
      assertThat(joined.statusCode()).as(joined.body()).isEqualTo(201);
      String revision = joined.headers().firstValue("Directory-Revision").orElseThrow();
      for (Visitor program : List.of(atOne, atOther)) {
        HttpResponse<String> figure = program.get(FIGURE, "Directory-Revision", revision);
        assertThat(figure.statusCode()).as(figure.body()).isEqualTo(200);
        assertThat(figure.body()).contains("\"companies\":" + (least + i + 1));
      }
    }
    long lagging = rowsRead(standby);
    rebuilds(other);
    assertThat(atOther.get("/v1/companies/ancienne-19").statusCode()).isEqualTo(200);
    assertThat(rowsRead(standby))
        .as("rows of content read from a standby that lags")
        .isLessThan(lagging + COMPANIES);
    assertThat(epoch()).isEqualTo(epoch);

    standbySuperuser("select pg_wal_replay_resume()");
    long newest = number(postgres.primary(), "select max(revision) from revision");
    Visitor.await(() -> number(standby, "select max(revision) from revision") >= newest, 30);
    long level = rowsRead(standby);
    rebuilds(other);
    Visitor.await(() -> rowsRead(standby) > level + COMPANIES, 10);
    say(
        "a standby that stands still: 40 figures of a past day with all that their revision has, and an index"
            + " built from the primary; when it has caught up, an index built from it (%d rows read there)",
        rowsRead(standby) - level);
  }

  /** Loses its index, and makes it again. */
  private void rebuilds(Program program) throws Exception {
    assertThat(program.terminate()).isIn(0, 143);
    deleteAll(folder.resolve("other/index"));
    program.start();
  }

  private void losesNoAcknowledgedWriteWhenTheStandbyTakesOver() throws Exception {
    AcknowledgedWrites clients = new AcknowledgedWrites(List.of(atOne, atOther));
    List<Program> programs = List.of(one, other);
    List<Follower> copies =
        List.of(
            new Follower(programs, "membership=any&types=company,sector", false),
            new Follower(programs, "types=company&sector=iot", false),
            new Follower(programs, "membership=any&types=company", true));
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Void>> following = copies.stream().map(each -> threads.submit(each::run)).toList();
    clients.begin(6, 2, 4);
    TimeUnit.SECONDS.sleep(8);

    int before = clients.acknowledged();
    assertThat(clients.kinds()).isEmpty();
    long killed = System.nanoTime();
    postgres.killPrimary();
    TimeUnit.SECONDS.sleep(1); // until somebody notices
    postgres.promote();
    long promoted = System.nanoTime();
    TimeUnit.SECONDS.sleep(5);
    Visitor.await(() -> clients.acknowledged() > before + 50, 180);
    long over = System.nanoTime();
    TimeUnit.SECONDS.sleep(5);
    clients.end();

    long newest = number(postgres.pooled(), "select max(revision) from revision where public");
    for (Visitor program : List.of(atOne, atOther)) {
      Visitor.await(() -> program.revision() == newest, 30);
      clients.assertKept(program, postgres.pooled());
    }
    for (int i = 0; i < copies.size(); i++) {
      Follower copy = copies.get(i);
      Map<String, JsonNode> fresh = Follower.fresh(one, copy.parameters());
      assertThat(Follower.fresh(other, copy.parameters())).isEqualTo(fresh);
      Visitor.await(() -> copy.items().equals(fresh), 30);
      assertThat(copy.restarts()).isZero();
      copy.stop();
    }
    for (Future<Void> each : following) {
      each.get();
    }
    threads.shutdownNow();
    assertThat(epoch()).isEqualTo(epoch);
    assertThat(clients.failures(true)).as("reads that failed").isEmpty();
    List<AcknowledgedWrites.Failure> failed = clients.failures(false);
    long first = failed.stream().mapToLong(AcknowledgedWrites.Failure::nanos).min().orElse(killed);
    long last = failed.stream().mapToLong(AcknowledgedWrites.Failure::nanos).max().orElse(killed);
    assertThat(first).isGreaterThanOrEqualTo(killed);
    assertThat(last).as("the last write that failed").isLessThan(over);
    say(
        "the primary killed, the standby promoted and PgBouncer led to it after %d ms:",
        millis(promoted - killed));
    say(
        "  %d writes acknowledged (%d before), %d of them when asked again with their key; lost: 0",
        clients.acknowledged(), before, clients.replayed());
    say(
        "  writes failed from %d ms to %d ms after the kill: %s",
        millis(first - killed), millis(last - killed), clients.kinds());
    say(
        "  %d reads, failed: 0; %d copies equal fresh ones, begun again: 0",
        clients.reads(), copies.size());
  }

  /** Locks and isolation of a session would be found by others. */
  private void leavesNothingBehindInThePooler() throws Exception {
    Visitor.await(
        () ->
            number(postgres.pooled(), "select count(*) from pg_locks where locktype = 'advisory'")
                == 0,
        10);
    List<Jdbi> all = Stream.generate(postgres::pooled).limit(12).toList();
    List<Handle> open = all.stream().map(Jdbi::open).toList();
    for (Handle each : open) {
      each.begin(); // each holds another connection of the pooler
      assertThat(
              each.createQuery("select current_setting('default_transaction_isolation')")
                  .mapTo(String.class)
                  .one())
          .isEqualTo("read committed");
      assertThat(
              each.createQuery("select count(*) from pg_listening_channels()")
                  .mapTo(Long.class)
                  .one())
          .isZero();
    }
    open.forEach(
        each -> {
          each.rollback();
          each.close();
        });
    say("nothing of a session is left in the pooler's connections");
  }

  private void standbySuperuser(String sql) {
    Jdbi.create(postgres.standbyUrl(), "postgres", "").useHandle(database -> database.execute(sql));
  }

  private static long members(JsonNode figure) {
    return figure.path("data").path(0).path("companies").asLong();
  }

  private String epoch() {
    return postgres
        .pooled()
        .withHandle(
            database ->
                database.createQuery("select id::text from epoch").mapTo(String.class).one());
  }

  /** Of the tables of the content, by all queries. */
  private static long rowsRead(Jdbi server) {
    return number(
        server,
        "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint from pg_stat_user_tables where relname in ('public_change', 'membership', 'company_state')");
  }

  private static long number(Jdbi jdbi, String sql) {
    return jdbi.withHandle(database -> database.createQuery(sql).mapTo(Long.class).one());
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static void deleteAll(Path folder) throws Exception {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void say(String text, Object... values) {
    System.out.println(text.formatted(values));
  }
}
