package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two programs behind HAProxy, each replaced while clients read, write and listen: no request may
 * fail. Run by .ci/scale; fails by an error, else prints what it saw.
 */
final class RollingCheck {
  private static final System.Logger LOG = System.getLogger(RollingCheck.class.getName());
  private static final String KEY = "preset-admin-key-0123456789";

  /** Longer than HAProxy takes to see that a program is not ready any more. */
  private static final String DELAY = "5S";

  private RollingCheck() {}

  public static void main(String... arguments) throws Exception {
    Path folder = Files.createTempDirectory("directory-rolling");
    int exit = 1; // threads of clients would let a failure run on
    Program one = new Program(folder);
    Program other = new Program(folder);
    try (EmbeddedDatabase server = new EmbeddedDatabase(new DataFolder(folder.resolve("server")))) {
      Map<String, String> settings = server.start();
      start(one, folder.resolve("one"), settings);
      start(other, folder.resolve("other"), settings);
      try (Balancer proxy = new Balancer(folder, List.of(one, other))) {
        check(proxy.root(), one, other);
      }
      exit = 0;
    } catch (Exception | AssertionError failure) {
      LOG.log(System.Logger.Level.ERROR, "The check failed", failure);
    } finally {
      one.kill();
      other.kill();
    }
    System.exit(exit);
  }

  private static void start(Program program, Path data, Map<String, String> settings)
      throws Exception {
    settings.forEach(
        (setting, value) -> {
          if (setting.startsWith("quarkus.datasource.")) {
            program.with(setting.toUpperCase(Locale.ROOT).replace('.', '_'), value);
          }
        });
    program
        .with("DIRECTORY_DATA_DIR", data.toString())
        .with("DIRECTORY_DEMO", "false")
        .with("DIRECTORY_ADMIN_KEY", KEY)
        .with("QUARKUS_SHUTDOWN_DELAY", DELAY)
        .start();
  }

  private static void check(String root, Program one, Program other) throws Exception {
    Visitor proxied = new Visitor(root, KEY);
    String file =
        "slug,name,commune,sectors,joinedOn\n"
            + IntStream.range(0, 100)
                .mapToObj(i -> "company-%d,Company %d,31555,iot,2020-01-01\n".formatted(i, i))
                .collect(Collectors.joining());
    Visitor atOne = new Visitor(one, KEY);
    assertThat(atOne.over(atOne.submit("members", file)).path("status").asText()).isEqualTo("done");
    AcknowledgedWrites clients = new AcknowledgedWrites(List.of(proxied));
    List<Follower> listeners =
        List.of(
            Follower.at(root, "membership=any&types=company,sector", true),
            Follower.at(root, "types=company", true),
            Follower.at(root, "types=company&sector=iot", false));
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Void>> following =
        listeners.stream().map(each -> threads.submit(each::run)).toList();
    clients.begin(3, 1, 8);
    TimeUnit.SECONDS.sleep(3);
    for (Program program : List.of(one, other)) {
      long asked = System.nanoTime();
      assertThat(program.terminate()).isIn(0, 143);
      long ended = System.nanoTime();
      program.start();
      System.out.printf(
          "replaced: ended after %d ms, of which %s are the delay; started again after %d ms%n",
          millis(ended - asked), DELAY, millis(System.nanoTime() - ended));
      TimeUnit.SECONDS.sleep(3);
    }
    clients.end();
    assertThat(clients.kinds()).as("requests that failed").isEmpty();
    for (int i = 0; i < listeners.size(); i++) {
      Follower listener = listeners.get(i);
      Map<String, JsonNode> fresh = Follower.fresh(one, listener.parameters());
      Visitor.await(() -> listener.items().equals(fresh), 30);
      assertThat(listener.restarts()).isZero();
      assertThat(listener.failures()).as("requests of a listener that failed").isZero();
      listener.stop();
    }
    for (Future<Void> each : following) {
      each.get();
    }
    System.out.printf(
        "both replaced behind HAProxy: %d reads and %d writes, failed: 0; %d listeners came back, copies equal: yes%n",
        clients.reads(), clients.acknowledged(), listeners.size());
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
