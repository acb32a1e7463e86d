package fr.digital113.directory.companies;

import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.PageParts;
import fr.digital113.directory.reference.NoSizeClasses;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pages of {@code bench/Requests.java} from the files of an index, without HTTP: a thread for
 * each core searches, and reads the items of the page. {@code bench/run} starts it.
 *
 * <p>arguments: folder of the index, file of paths. Each line that comes in is a share of the file
 * to begin at, and seconds; each line that goes out is pages a second of the processor.
 */
final class BareLoop {
  private static final int PREPARED = 2_000; // queries at a time, which is not timed
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Ready(Listing listing, int limit) {}

  private final PageParts parts;
  private final Path paths;
  private final AtomicLong bytes = new AtomicLong(); // looked at, so that nothing is optimised away

  private BareLoop(PageParts parts, Path paths) {
    this.parts = parts;
    this.paths = paths;
  }

  public static void main(String[] args) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (PageParts parts = new PageParts(Path.of(args[0]));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      BareLoop loop = new BareLoop(parts, Path.of(args[1]));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        String[] given = order.split(" ", -1);
        double share = Double.parseDouble(given[0]);
        long nanos = (long) (Double.parseDouble(given[1]) * 1e9);
        List<Future<Double>> rates = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          double from = share + 0.01 * thread; // a hundredth is more than a turn takes
          rates.add(pool.submit(() -> loop.rate(from, nanos)));
        }
        double sum = 0;
        for (Future<Double> rate : rates) {
          sum += rate.get() / threads;
        }
        System.out.printf(Locale.ROOT, "%.2f%n", sum);
      }
      if (loop.bytes.get() == 0) {
        throw new IllegalStateException("no page was read");
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Pages a second of the processor, of one thread. */
  private double rate(double share, long nanos) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(paths.toFile(), "r")) {
      file.seek((long) (share * file.length()));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new java.io.FileInputStream(file.getFD()), StandardCharsets.UTF_8));
      lines.readLine();
      long spent = 0;
      long used = 0;
      long pages = 0;
      while (spent < nanos) {
        List<Ready> ready = new ArrayList<>();
        while (ready.size() < PREPARED) {
          ready.add(ready(lines.readLine()));
        }
        long began = System.nanoTime();
        long before = THREADS.getCurrentThreadCpuTime();
        int done = 0;
        for (Ready each : ready) {
          bytes.addAndGet(parts.read(each.listing(), each.limit()));
          done++;
          if (spent + System.nanoTime() - began > nanos) {
            break;
          }
        }
        used += THREADS.getCurrentThreadCpuTime() - before;
        spent += System.nanoTime() - began;
        pages += done;
      }
      return pages * 1e9 / used;
    }
  }

  private Ready ready(String path) {
    MultivaluedMap<String, String> given = new MultivaluedHashMap<>();
    for (String pair : path.substring(path.indexOf('?') + 1).split("&", -1)) {
      int sign = pair.indexOf('=');
      given.add(
          pair.substring(0, sign),
          URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8));
    }
    QueryParameters parameters = new QueryParameters(given);
    CompanyQuery query = CompanyQuery.of(parameters, parts.snapshot(), new NoSizeClasses());
    int limit = Page.Asked.of(parameters).limit();
    parameters.check();
    return new Ready(CompanySearch.listing(query, CompanyScope.all(), List.of()), limit);
  }
}
