package fr.digital113.directory;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.database.LoopbackPort;
import fr.digital113.directory.webhooks.TestReceiver;
import fr.digital113.directory.webhooks.TestReceiver.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Faults under load, for {@code bench/faults}: each from a healthy state, and what clients, copies
 * and receivers saw of it.
 *
 * <p>Arguments: a folder with {@code pg} and {@code data}, each a small file system of its own; the
 * programs of PostgreSQL; the library that moves clocks; seconds of each fault; the report.
 */
final class FaultBench {
  private static final String KEY = "admin-key-of-the-fault-bench";
  private static final Duration RECOVERY = Duration.ofSeconds(90);
  private static final int BLOCKED_CALLERS = 40;

  private final Path folder;
  private final FaultServer server;
  private final Program program;
  private final String timeLibrary;
  private final int seconds;
  private final FaultTally tally = new FaultTally();
  private final List<String> rows = new ArrayList<>();
  private final TestReceiver receiver = new TestReceiver();
  private final List<Follower> followers = new ArrayList<>();

  private FaultBench(Path folder, Path programs, String timeLibrary, int seconds) throws Exception {
    this.folder = folder;
    this.timeLibrary = timeLibrary;
    this.seconds = seconds;
    this.server = new FaultServer(programs, folder.resolve("pg"), LoopbackPort.free());
    this.program =
        new Program(folder)
            .with("DIRECTORY_DATA_DIR", folder.resolve("data/directory").toString())
            .with("QUARKUS_DATASOURCE_JDBC_URL", server.url())
            .with("QUARKUS_DATASOURCE_USERNAME", "postgres")
            .with("DIRECTORY_WEBHOOKS_ALLOW_LOOPBACK", "true")
            .with("DIRECTORY_LIMITS_PROCESSES", "1")
            .with("DIRECTORY_ADMIN_KEY", KEY);
  }

  /** One fault: it happens, and later it ends. */
  private record Fault(String name, Action happens, Action ends) {}

  private interface Action {
    void run() throws Exception;
  }

  public static void main(String... args) throws Exception {
    FaultBench bench =
        new FaultBench(Path.of(args[0]), Path.of(args[1]), args[2], Integer.parseInt(args[3]));
    boolean fine = bench.run(args.length > 5 ? Set.of(args[5].split(",")) : Set.of());
    Files.write(Path.of(args[4]), bench.rows);
    System.exit(fine ? 0 : 1);
  }

  private boolean run(Set<String> chosen) throws Exception {
    server.make();
    startProgram();
    boolean fine = true;
    try {
      Visitor visitor = new Visitor(program, KEY);
      visitor.over(visitor.submit("members", FaultLoad.members()));
      String partner = visitor.create("/v1/partners", "{\"name\": \"Bench\"}").path("id").asText();
      String webhook =
          "{\"partner\": \"%s\", \"url\": \"%s\", \"types\": [\"company\"], \"filter\": \"membership=any\"}"
              .formatted(partner, receiver.url());
      receiver.verifiesWith(visitor.create("/v1/webhooks", webhook).path("secret").asText());
      for (Fault fault : faults()) {
        if (chosen.isEmpty() || chosen.contains(fault.name().split(":", -1)[0])) {
          fine &= under(fault);
        }
      }
    } finally {
      program.kill();
      receiver.close();
      server.stop();
    }
    return fine;
  }

  private List<Fault> faults() {
    Path clock = folder.resolve("clock");
    List<AutoCloseable> held = new ArrayList<>();
    return List.of(
        new Fault("stopped: PostgreSQL stopped, then started", server::stop, server::start),
        new Fault("killed: PostgreSQL killed (-9), then started", server::kill, server::start),
        new Fault(
            "database-disk: the disk of PostgreSQL full", () -> fill("pg"), () -> freeDatabase()),
        new Fault(
            "data-disk: the disk of the data folder full", () -> fill("data"), () -> free("data")),
        new Fault(
            "pool: every row that is written locked by another, 40 callers more",
            () -> block(held),
            () -> release(held)),
        new Fault(
            "program: the program killed (-9), then started", program::kill, this::startProgram),
        new Fault(
            "forward: the program's clock a day ahead, then right again",
            () -> setClock(clock, "+86400"),
            () -> setClock(clock, "+0")),
        new Fault(
            "back: the program's clock an hour behind, then right again",
            () -> setClock(clock, "-3600"),
            () -> setClock(clock, "+0")));
  }

  private boolean under(Fault fault) throws Exception {
    System.out.println(fault.name());
    boolean clocks = fault.name().contains("clock");
    if (clocks) {
      setClock(folder.resolve("clock"), "+0");
      program.terminate();
      program
          .with("LD_PRELOAD", timeLibrary)
          .with("FAKETIME_TIMESTAMP_FILE", folder.resolve("clock").toString())
          .with("FAKETIME_CACHE_DURATION", "1")
          .with("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      startProgram();
    }
    tally.clear();
    int wrongBefore = tally.wrong().size();
    List<String> problems = new ArrayList<>();
    try (FaultLoad load = new FaultLoad(program, KEY, tally)) {
      continueFrom(load);
      followers.clear();
      ExecutorService threads = Executors.newCachedThreadPool();
      followers.add(new Follower(List.of(program), "types=company&membership=any", false));
      followers.add(new Follower(List.of(program), "types=company&sector=fintech", false));
      followers.add(new Follower(List.of(program), "types=company&membership=any", true));
      List<Future<Void>> following =
          followers.stream().map(each -> threads.submit(each::run)).toList();
      load.begin();
      long healthy = System.nanoTime();
      await(
          () ->
              tally.allGoodSince(FaultLoad.kinds(), healthy)
                  && tally.kinds().containsAll(FaultLoad.kinds()),
          RECOVERY);
      TimeUnit.SECONDS.sleep(3);
      String before = tally.others();
      if (!before.equals("none")) {
        System.out.println("before the fault: " + before);
      }
      tally.clear();

      fault.happens().run();
      TimeUnit.SECONDS.sleep(seconds);
      String during = tally.others();
      int goodDuring = tally.good();
      long slowest = tally.slowestMillis();
      long ended = System.nanoTime();
      fault.ends().run();
      long back = System.nanoTime();
      boolean recovered = await(() -> tally.allGoodSince(FaultLoad.kinds(), ended), RECOVERY);
      String recovery =
          recovered
              ? "%.1f s".formatted((System.nanoTime() - ended) / 1e9)
              : "NOT in " + RECOVERY.toSeconds() + " s";
      System.out.printf("back after %.1f s%n", (back - ended) / 1e9);
      if (!recovered) {
        System.out.println("not recovered: " + tally.notGoodSince(FaultLoad.kinds(), ended));
        new ProcessBuilder("jstack", String.valueOf(program.pid())).inheritIO().start().waitFor();
      }
      TimeUnit.SECONDS.sleep(3);
      String all = tally.others();
      slowest = Math.max(slowest, tally.slowestMillis());
      System.out.printf(
          "during: %s; all: %s; slowest %d ms; recovered %s%n", during, all, slowest, recovery);

      load.close();
      Map<String, JsonNode> fresh = settled(problems);
      String lost = lost(load);
      int restarts = 0;
      for (int i = 0; i < followers.size(); i++) {
        Follower follower = followers.get(i);
        Map<String, JsonNode> expected = Follower.fresh(program, follower.parameters());
        if (!await(() -> follower.items().equals(expected), Duration.ofSeconds(30))) {
          problems.add(
              "the copy %s (live: %s) differs".formatted(follower.parameters(), follower.isLive()));
        }
        if (following.get(i).isDone()) {
          following.get(i).get();
        }
        restarts += follower.restarts();
        follower.stop();
      }
      threads.shutdown();
      String webhooks = webhooks(fresh);
      problems.addAll(tally.wrong().subList(wrongBefore, tally.wrong().size()));
      problems.forEach(problem -> System.out.println("PROBLEM: " + problem));
      keep(load);
      boolean clean = !all.contains("bad") && !all.contains("hang");
      rows.add(
          "| %s | %d | %s | %.1f s | %s | %s | %s | %d | %d | %s |"
              .formatted(
                  fault.name().replaceFirst("^[a-z-]+: ", ""),
                  goodDuring,
                  all,
                  slowest / 1e3,
                  recovery,
                  lost,
                  problems.isEmpty() ? "0" : problems.size() + ": " + problems.get(0),
                  tally.takeOlder(),
                  restarts,
                  webhooks));
      System.out.println(rows.get(rows.size() - 1));
      return clean
          && recovered
          && lost.equals("0")
          && problems.isEmpty()
          && webhooks.equals("all, in order");
    }
  }

  private final Map<String, Integer> lastAcknowledged = new TreeMap<>();
  private final Map<String, Integer> lastSent = new TreeMap<>();
  private final Map<String, Integer> made = new TreeMap<>();
  private int lastImportAcknowledged;
  private int lastImportSent;

  private void continueFrom(FaultLoad load) {
    load.acknowledged.putAll(lastAcknowledged);
    load.sent.putAll(lastSent);
    load.importAcknowledged = lastImportAcknowledged;
    load.importSent.set(lastImportSent);
    load.prefix = "f" + rows.size();
  }

  private void keep(FaultLoad load) {
    lastAcknowledged.putAll(load.acknowledged);
    lastSent.putAll(load.sent);
    lastImportAcknowledged = load.importAcknowledged;
    lastImportSent = load.importSent.get();
  }

  /** Waits until the index is where the database is; a fresh copy then. */
  private Map<String, JsonNode> settled(List<String> problems) throws Exception {
    Visitor visitor = new Visitor(program, KEY);
    if (!await(
        () -> visitor.revision() == number("select max(revision) from revision where public"),
        Duration.ofSeconds(30))) {
      problems.add("the index did not reach the database");
    }
    return Follower.fresh(program, "types=company&membership=any");
  }

  /** Acknowledged writes that the database or the API does not have. */
  private String lost(FaultLoad load) throws Exception {
    List<String> lost = new ArrayList<>();
    Map<String, Integer> stored = new TreeMap<>();
    rows(
        "select slug, description_fr from company where slug like 'w%-%'",
        row -> stored.put(row.getString(1), FaultLoad.version(row.getString(2))));
    Map<String, Integer> shown = load.shown();
    load.acknowledged.forEach(
        (slug, version) -> {
          if (stored.getOrDefault(slug, -1) < version
              || !stored.getOrDefault(slug, -1).equals(shown.get(slug))) {
            lost.add(
                "%s: acknowledged %d, stored %s, shown %s"
                    .formatted(slug, version, stored.get(slug), shown.get(slug)));
          }
        });
    made.putAll(load.created);
    Map<String, Integer> names = new TreeMap<>();
    rows(
        "select name, count(*) from company where name like 'Made %' group by name",
        row -> names.put(row.getString(1), row.getInt(2)));
    made.keySet()
        .forEach(
            name -> {
              if (names.getOrDefault(name, 0) != 1) {
                lost.add("%s is there %s times".formatted(name, names.get(name)));
              }
            });
    names.forEach(
        (name, count) -> {
          if (count > 1) {
            lost.add("%s was made %d times".formatted(name, count));
          }
        });
    rows(
        "select min(name), max(name) from (select substring(name from 'round (.*)') as name from company where slug like 'imported-%') r",
        row -> {
          if (!row.getString(1).equals(row.getString(2))
              || Integer.parseInt(row.getString(1)) < load.importAcknowledged) {
            lost.add(
                "imports: rounds %s to %s, acknowledged %d"
                    .formatted(row.getString(1), row.getString(2), load.importAcknowledged));
          }
        });
    lost.forEach(each -> System.out.println("LOST: " + each));
    return lost.isEmpty() ? "0" : lost.size() + ": " + lost.get(0);
  }

  /** Whether the receiver was told the last state of everything, in the order of revisions. */
  private String webhooks(Map<String, JsonNode> fresh) throws Exception {
    boolean all = await(() -> missing(fresh) == 0, RECOVERY);
    long last = 0;
    Set<String> ids = new HashSet<>();
    int disorder = 0;
    int restarts = 0;
    for (Message each : receiver.messages()) {
      if (!each.verified() || !ids.add(each.header("webhook-id"))) {
        continue;
      }
      if (each.event().path("type").asText().endsWith("restart")) {
        restarts++;
        last = 0;
        continue;
      }
      long revision = each.event().path("data").path("revision").asLong();
      disorder += revision < last ? 1 : 0;
      last = revision;
    }
    return (all ? "all" : "MISSING " + missing(fresh))
        + (disorder == 0 ? ", in order" : ", OUT OF ORDER " + disorder)
        + (restarts == 0 ? "" : ", %d restarts".formatted(restarts));
  }

  private long missing(Map<String, JsonNode> fresh) {
    Map<String, Message> last = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    for (Message each : receiver.messages()) {
      if (each.verified() && ids.add(each.header("webhook-id"))) {
        JsonNode change = each.event().path("data");
        last.put(change.path("type").asText() + " " + change.path("id").asText(), each);
      }
    }
    // What nobody has changed since the webhook was made is told to nobody
    return fresh.entrySet().stream()
        .filter(
            item ->
                last.containsKey(item.getKey())
                    || item.getValue().path("revision").asLong() > 1_000_000)
        .filter(
            item ->
                !requireNonNull(last.get(item.getKey()))
                    .event()
                    .path("data")
                    .path("data")
                    .equals(item.getValue()))
        .count();
  }

  private void startProgram() throws IOException {
    program.start().logTo(folder.resolve("program.log"));
  }

  private void fill(String disk) throws IOException {
    byte[] block = new byte[64 * 1024];
    try (OutputStream ballast = Files.newOutputStream(folder.resolve(disk).resolve("ballast"))) {
      while (true) {
        ballast.write(block);
      }
    } catch (IOException full) {
      System.out.println("full: " + full.getMessage());
    }
  }

  private void freeDatabase() throws Exception {
    free("pg");
    server.startIfDown();
  }

  private void free(String disk) throws IOException {
    Files.delete(folder.resolve(disk).resolve("ballast"));
  }

  /** Locks what writers write, and sends so many callers after it that no connection is left. */
  private void block(List<AutoCloseable> held) throws Exception {
    Connection connection = connect();
    connection.setAutoCommit(false);
    Statement sql = connection.createStatement();
    sql.execute("select from company for update");
    held.add(connection);
    ExecutorService callers = Executors.newCachedThreadPool();
    for (int i = 0; i < BLOCKED_CALLERS; i++) {
      String path = "/v1/companies/w0-" + i;
      var unused =
          callers.submit(
              () -> {
                Visitor visitor = new Visitor(program, KEY);
                while (!callers.isShutdown()) {
                  long started = System.nanoTime();
                  try {
                    tally.answered(
                        "blocked PATCH", visitor.patch(path, "{\"hiring\": true}"), started);
                  } catch (IOException failure) {
                    tally.failed("blocked PATCH", failure, started);
                  }
                  TimeUnit.MILLISECONDS.sleep(500);
                }
                return null;
              });
    }
    held.add(callers::shutdown);
  }

  private static void release(List<AutoCloseable> held) throws Exception {
    for (int i = held.size() - 1; i >= 0; i--) {
      held.get(i).close();
    }
    held.clear();
  }

  private static void setClock(Path clock, String offset) throws IOException {
    Files.writeString(clock, offset + "\n");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(server.url(), "postgres", "");
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void rows(String query, RowReader reader) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet found = sql.executeQuery(query)) {
      while (found.next()) {
        reader.read(found);
      }
    }
  }

  private long number(String query) throws SQLException {
    long[] number = new long[1];
    rows(query, row -> number[0] = row.getLong(1));
    return number[0];
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static boolean await(Condition condition, Duration patience) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        if (condition.holds()) {
          return true;
        }
      } catch (IOException | AssertionError | SQLException notYet) {
        // asked again
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
