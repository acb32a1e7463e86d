package fr.digital113.directory;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Measures two programs behind HAProxy against one, with pages that nobody asked for before, and
 * how soon the one shows what was written at the other meanwhile. {@code bench/scale} starts it:
 *
 * <p>arguments: number of rounds, seconds of each, a file of members, the file to write.
 */
final class TwoProcesses {
  private static final String KEY = "admin-key-of-the-benchmark";
  private static final int TICKS_PER_SECOND = 100; // of /proc/…/stat, on every Linux that matters
  private static final int WRITES = 200;

  private final Path folder;
  private final int seconds;
  private final Program one;
  private final Program other;
  private int turn;

  private TwoProcesses(Path folder, int seconds) throws Exception {
    this.folder = folder;
    this.seconds = seconds;
    this.one = new Program(folder);
    this.other = new Program(folder);
  }

  /** What one round gave: requests a second, and microseconds of the processor for each. */
  private record Round(double perSecond, double program, double proxy) {}

  public static void main(String... arguments) throws Exception {
    Path folder = Files.createTempDirectory("directory-bench-scale");
    TwoProcesses bench = new TwoProcesses(folder, Integer.parseInt(arguments[1]));
    int exit = 1;
    try (EmbeddedDatabase server = new EmbeddedDatabase(new DataFolder(folder.resolve("server")))) {
      Map<String, String> settings = server.start();
      bench.start(bench.one, "one", settings);
      bench.start(bench.other, "other", settings);
      Visitor visitor = new Visitor(bench.one, KEY);
      visitor.over(visitor.submit("members", Files.readString(Path.of(arguments[2]))));
      Files.writeString(
          Path.of(arguments[3]), bench.measure(Integer.parseInt(arguments[0]), visitor));
      exit = 0;
    } finally {
      bench.one.kill();
      bench.other.kill();
      System.exit(exit);
    }
  }

  private void start(Program program, String name, Map<String, String> settings) throws Exception {
    settings.forEach(
        (setting, value) -> {
          if (setting.startsWith("quarkus.datasource.")) {
            program.with(setting.toUpperCase(Locale.ROOT).replace('.', '_'), value);
          }
        });
    program
        .with("DIRECTORY_DATA_DIR", folder.resolve(name).toString())
        .with("DIRECTORY_DEMO", "false")
        .with("DIRECTORY_ADMIN_KEY", KEY)
        .with("DIRECTORY_LIMITS_REQUESTS_PER_MINUTE", "100000000")
        .start();
  }

  private String measure(int rounds, Visitor visitor) throws Exception {
    Visitor reader = new Visitor(other, KEY);
    Visitor.await(() -> reader.revision() == visitor.revision(), 120);
    try (Balancer ofOne = new Balancer(folder, List.of(one));
        Balancer ofBoth = new Balancer(folder, List.of(one, other))) {
      Map<String, List<Round>> measured = new TreeMap<>();
      for (int i = -1; i < rounds; i++) { // the first lets them compile
        Round single = round(ofOne);
        Round both = round(ofBoth);
        if (i >= 0) {
          measured.computeIfAbsent("one", key -> new ArrayList<>()).add(single);
          measured.computeIfAbsent("two", key -> new ArrayList<>()).add(both);
        }
      }
      StringBuilder text = new StringBuilder();
      text.append(
          "| behind the proxy | requests/s | program, µs of processor each | proxy, µs each |\n");
      text.append("| --- | ---: | ---: | ---: |\n");
      measured.forEach(
          (name, each) ->
              text.append(
                  "| %s | %.0f | %.0f | %.0f |%n"
                      .formatted(
                          name,
                          median(each.stream().map(Round::perSecond).toList()),
                          median(each.stream().map(Round::program).toList()),
                          median(each.stream().map(Round::proxy).toList()))));
      return text + "\n" + visible(ofBoth, visitor);
    }
  }

  private Round round(Balancer proxy) throws Exception {
    double program = processor(one.pid()) + processor(other.pid());
    double between = processor(proxy.pid());
    String said = load(proxy, seconds);
    double requests = number(said, "requests in");
    return new Round(
        requests / seconds,
        (processor(one.pid()) + processor(other.pid()) - program) * 1e6 / requests,
        (processor(proxy.pid()) - between) * 1e6 / requests);
  }

  private String load(Balancer proxy, int duration) throws Exception {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c16",
                "-d" + duration + "s",
                "-s",
                "bench/distinct.lua",
                proxy.root(),
                "--",
                String.valueOf(11 + turn++))
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0 || said.contains("Non-2xx")) {
      throw new AssertionError(said);
    }
    return said;
  }

  /** While both are read as fast as they can. */
  private String visible(Balancer proxy, Visitor writer) throws Exception {
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              try {
                load(proxy, 60);
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    Visitor reader = new Visitor(other, KEY).asThePublic();
    String slug = reader.read("/v1/companies?limit=1").path("data").path(0).path("slug").asText();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < WRITES && !reading.isDone(); i++) {
      String name = "Written " + i;
      int status =
          writer.patch("/v1/companies/" + slug, "{\"name\": \"%s\"}".formatted(name)).statusCode();
      if (status != 200) {
        throw new AssertionError("a write answers " + status);
      }
      long written = System.nanoTime();
      Visitor.await(() -> reader.get("/v1/companies/" + slug).body().contains(name + "\""), 30);
      millis.add((System.nanoTime() - written) / 1e6);
    }
    reading.get();
    millis.sort(null);
    return "Written at one, shown by the other, both under that load: median %.0f ms, p99 %.0f ms (%d writes; the goal is one second).\n"
        .formatted(
            millis.get(millis.size() / 2),
            millis.get((int) Math.ceil(millis.size() * 0.99) - 1),
            millis.size());
  }

  /** Seconds of the processor that a process has used. */
  private static double processor(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }

  private static double number(String said, String before) {
    return said.lines()
        .filter(line -> line.contains(before))
        .mapToDouble(line -> Double.parseDouble(line.strip().split(" ", -1)[0]))
        .findFirst()
        .orElseThrow();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
