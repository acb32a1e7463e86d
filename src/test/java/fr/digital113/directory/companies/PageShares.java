package fr.digital113.directory.companies;

import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.PageParts;
import fr.digital113.directory.reference.NoSizeClasses;
import fr.digital113.directory.reference.SizeClasses;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/**
 * Measures which part of a page's time goes where, in time of the processor: what else a machine
 * does moves it little. {@code bench/pages} starts it, beside a program that has the same index:
 *
 * <p>arguments: folder of the index, address of the program, its process, number of rounds, the
 * file to write.
 */
final class PageShares {
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
  private static final long ROUND_NANOS = 150_000_000;
  private static final long HTTP_ROUND_NANOS = 1_000_000_000; // the system counts by hundredths
  private static final int WARM_UP = 200; // requests of a kind, until the program is compiled
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What is timed. */
  private enum Part {
    MATCH,
    PAGE,
    FACETS,
    SHAPE,
    HTTP
  }

  /** A request, and how many items of its list come before its page. */
  private record Asked(String what, String query, int before) {}

  private static final List<Asked> REQUESTS =
      List.of(
          new Asked("first page of all", "", 0),
          new Asked("sector × département", "sector=cybersecurite&territory=34", 0),
          new Asked("a wide filter", "sector=services-numeriques", 0),
          new Asked("the same, newest first", "sector=services-numeriques&sort=-joined", 0),
          new Asked("the same, 5,000 items in", "sector=services-numeriques", 5_000),
          new Asked("five facets of all", "facets=sector,departement,sizeClass,epci,origin", 0),
          new Asked(
              "five facets of the wide filter",
              "sector=services-numeriques&facets=sector,departement,sizeClass,epci,origin",
              0),
          new Asked(
              "one facet of the wide filter", "sector=services-numeriques&facets=departement", 0),
          new Asked("nearest of all", "near=43.6045,1.444&sort=distance", 0),
          new Asked("nearest within 30 km", "near=43.6045,1.444&radius=30&sort=distance", 0),
          new Asked("a word", "q=capteurs", 0),
          new Asked("a beginning", "q=cyb", 0),
          new Asked("words with typing mistakes", "q=cibersecurite+montpelier", 0),
          new Asked(
              "a word and five facets",
              "q=logiciel&facets=sector,departement,sizeClass,epci,origin",
              0),
          new Asked("in a box", "bbox=3.7,43.5,4.0,43.7", 0),
          new Asked(
              "five filters",
              "sector=iot,logiciels&territory=31&hiring=true&origin=digital113&exportMarket=DE,ES",
              0));

  private final PageParts parts;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final ProcessHandle program;

  @SuppressWarnings("UnusedVariable") // written, so that nothing measured is optimised away
  private long blackHole;

  private PageShares(PageParts parts, String address, long program) {
    this.parts = parts;
    this.address = address;
    this.program = ProcessHandle.of(program).orElseThrow();
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[3]);
    try (PageParts parts = new PageParts(Path.of(args[0]))) {
      String table = new PageShares(parts, args[1], Long.parseLong(args[2])).table(rounds);
      Files.writeString(Path.of(args[4]), table);
      System.out.print(table);
    }
  }

  private String table(int rounds) throws Exception {
    List<Measured> requests = new ArrayList<>();
    for (Asked asked : REQUESTS) {
      requests.add(new Measured(asked));
    }
    for (int i = 0; i < WARM_UP; i++) {
      for (Measured request : requests) {
        request.run(Part.HTTP);
      }
    }
    for (int round = -1; round < rounds; round++) { // the first only warms up
      for (Measured request : requests) {
        for (Part part : Part.values()) {
          double micros = request.micros(part);
          if (round >= 0) {
            request.times.get(Arrays.asList(Part.values()).indexOf(part)).add(micros);
          }
        }
      }
    }
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | request | matches | match | page | page and facets | JSON of its items | asked again over HTTP |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        """);
    requests.forEach(request -> table.append(request.row()));
    table.append('\n').append(parts.size()).append('\n');
    return table.toString();
  }

  /** One request with the times of its parts, in microseconds. */
  private final class Measured {
    private final Asked asked;
    private final Listing listing;
    private final int limit;
    private final @Nullable FieldDoc after;
    private final TopFieldDocs page;
    private final long matches;
    private final HttpRequest request;
    private final List<List<Double>> times = new ArrayList<>(); // by part

    Measured(Asked asked) throws Exception {
      this.asked = asked;
      MultivaluedMap<String, String> given = new MultivaluedHashMap<>();
      for (String pair : asked.query().split("&", -1)) {
        if (!pair.isEmpty()) {
          int sign = pair.indexOf('=');
          given.add(
              pair.substring(0, sign),
              URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8));
        }
      }
      QueryParameters parameters = new QueryParameters(given);
      CompanyQuery query = CompanyQuery.of(parameters, parts.snapshot(), new NoSizeClasses());
      SizeClasses sizeClasses = new NoSizeClasses();
      List<Facet> facets =
          new CompanyFacets(query, parts.snapshot(), sizeClasses, Language.FR).named(parameters);
      limit = Page.Asked.of(parameters).limit();
      parameters.check();
      listing = CompanySearch.listing(query, CompanyScope.all(), facets);
      after = parts.after(listing, asked.before());
      page = parts.hits(listing, limit, after);
      matches = parts.total(listing);
      request = HttpRequest.newBuilder(URI.create(address + path())).build();
      for (int part = 0; part < Part.values().length; part++) {
        times.add(new ArrayList<>());
      }
    }

    /** The path of the page; where others come before it, the last of as many links to the next. */
    private String path() throws IOException, InterruptedException {
      String path = "/v1/companies?" + asked.query();
      for (int before = 0; before < asked.before(); before += 200) {
        String large = path.contains("limit=") ? path : path + "&limit=200";
        HttpRequest step = HttpRequest.newBuilder(URI.create(address + large)).build();
        Matcher next = NEXT.matcher(http.send(step, HttpResponse.BodyHandlers.ofString()).body());
        if (!next.find()) {
          throw new IllegalStateException("no page after " + path);
        }
        path = next.group(1);
      }
      return path.replaceAll("&limit=200|limit=200&", "");
    }

    /** The processor's time of one run: the mean of as many as fit into a round. */
    double micros(Part part) throws Exception {
      boolean elsewhere = part == Part.HTTP;
      long end = System.nanoTime() + (elsewhere ? HTTP_ROUND_NANOS : ROUND_NANOS);
      long started = elsewhere ? processNanos() : THREADS.getCurrentThreadCpuTime();
      int runs = 0;
      do {
        run(part);
        runs++;
      } while (System.nanoTime() < end);
      long ended = elsewhere ? processNanos() : THREADS.getCurrentThreadCpuTime();
      return (ended - started) / 1e3 / runs;
    }

    private long processNanos() {
      return program.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private void run(Part part) throws Exception {
      blackHole +=
          switch (part) {
            case MATCH -> parts.match(listing);
            case PAGE -> parts.page(listing, limit, after);
            case FACETS -> parts.pageWithFacets(listing, limit, after);
            case SHAPE -> parts.shape(page, limit);
            case HTTP -> fetched();
          };
    }

    private long fetched() throws IOException, InterruptedException {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            request.uri() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body().length;
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s `%s` | %,d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |%n",
          asked.what(),
          asked.query(),
          matches,
          time(Part.MATCH),
          time(Part.PAGE),
          time(Part.FACETS),
          time(Part.SHAPE),
          time(Part.HTTP));
    }

    private double time(Part part) {
      return median(times.get(Arrays.asList(Part.values()).indexOf(part)));
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
        .average()
        .orElseThrow();
  }
}
