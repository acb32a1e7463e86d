package fr.digital113.directory.statistics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures questions that nobody asked before against sequential reads of the table of companies by
 * the same PostgreSQL, taking turns. {@code bench/statistics} starts it, beside a program with its
 * embedded database:
 *
 * <p>arguments: address of the program, its data folder, an admin key, number of rounds, the file
 * to write.
 */
final class FigureTimes {
  private static final int READS = 3;
  private static final int WARM_UP = 3;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** A question; {@code %s} is a day that makes it one of its own. */
  private record Asked(String what, String query, boolean isPrivate) {}

  private static final List<Asked> QUESTIONS =
      List.of(
          new Asked("now, by département", "by=departement&joinedAfter=%s", false),
          new Asked(
              "now, by département, sector and size class",
              "by=departement,sector,sizeClass&joinedAfter=%s",
              false),
          new Asked("now, by EPCI and sector", "by=epci,sector&joinedAfter=%s", false),
          new Asked("a past day, in all", "asOf=%s", false),
          new Asked("a past day, by département", "by=departement&asOf=%s", false),
          new Asked("a past day, by sector", "by=sector&asOf=%s", false),
          new Asked(
              "a past day, by département and size class",
              "by=departement,sizeClass&asOf=%s",
              false),
          new Asked(
              "jobs for the team, by département", "by=departement&measure=jobs&asOf=%s", true));

  private final URI program;
  private final String key;
  private final Random random = new Random(113);

  private FigureTimes(URI program, String key) {
    this.program = program;
    this.key = key;
  }

  public static void main(String[] arguments) throws Exception {
    FigureTimes times = new FigureTimes(URI.create(arguments[0]), arguments[2]);
    try (Connection database = database(Path.of(arguments[1]))) {
      Files.writeString(
          Path.of(arguments[4]), times.table(database, Integer.parseInt(arguments[3])));
    }
  }

  /** The embedded one that runs, as its files say. */
  private static Connection database(Path data) throws IOException, SQLException {
    List<String> process = Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid"));
    String password = Files.readString(data.resolve("postgresql/superuser.password")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + process.get(3).strip() + "/directory",
        "postgres",
        password);
  }

  private String table(Connection database, int rounds) throws Exception {
    try (Statement alone = database.createStatement()) {
      alone.execute("set max_parallel_workers_per_gather = 0");
    }
    double[][] asked = new double[QUESTIONS.size()][rounds];
    double[] read = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      double reads = read(database);
      for (int i = 0; i < QUESTIONS.size(); i++) {
        double millis = ask(QUESTIONS.get(i));
        if (round >= 0) {
          asked[i][round] = millis;
        }
      }
      if (round >= 0) {
        read[round] = reads;
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("| question | ms | ratio to %d sequential reads |".formatted(READS));
    lines.add("| --- | ---: | ---: |");
    for (int i = 0; i < QUESTIONS.size(); i++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = asked[i][round] / (READS * read[round]);
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.2f |",
              QUESTIONS.get(i).what(),
              median(asked[i]),
              median(ratios)));
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "One sequential read of the table of companies, by one worker: %.0f ms.",
            median(read)));
    return String.join("\n", lines) + "\n";
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Milliseconds of a read that has to look into each row, and at no index. */
  private static double read(Connection database) throws SQLException {
    long began = System.nanoTime();
    try (Statement statement = database.createStatement()) {
      statement.execute("select count(*) from company where hiring and name < ''");
    }
    return (System.nanoTime() - began) / 1e6;
  }

  private double ask(Asked asked) throws IOException, InterruptedException {
    LocalDate day = LocalDate.of(2012, 1, 1).plusDays(random.nextInt(5_000));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            program.resolve("/v1/statistics/companies?" + asked.query().formatted(day)));
    if (asked.isPrivate()) {
      request.header("X-API-Key", key);
    }
    long began = System.nanoTime();
    HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
    double millis = (System.nanoTime() - began) / 1e6;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(asked + ": " + answer.statusCode() + " " + answer.body());
    }
    return millis;
  }
}
