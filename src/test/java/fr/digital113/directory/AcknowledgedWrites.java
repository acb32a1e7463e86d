package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Clients that read and write all the time and remember what they were answered. Each writer has
 * companies of its own, so that what must be there in the end is known: what was acknowledged last,
 * or what was tried after that.
 */
final class AcknowledgedWrites {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int COMPANIES_OF_A_WRITER = 10;

  private final List<Visitor> programs;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<Void>> running = new ArrayList<>();
  private final Map<String, Acknowledged> companies = new ConcurrentHashMap<>();
  private final Map<String, String> made = new ConcurrentHashMap<>(); // name by slug
  private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger replayed = new AtomicInteger();
  private volatile boolean stopped;

  AcknowledgedWrites(List<Visitor> programs) {
    this.programs = programs;
  }

  /** What the last acknowledged write of a company said, and the names that were tried since. */
  private record Acknowledged(long revision, String name, List<String> triedSince) {}

  /** What a client saw that was no good answer, and when. */
  record Failure(long nanos, boolean ofARead, String what) {}

  void begin(int writers, int makers, int readers) {
    for (int i = 0; i < writers; i++) {
      int writer = i;
      running.add(threads.submit(() -> write(writer)));
    }
    for (int i = 0; i < makers; i++) {
      int maker = i;
      running.add(threads.submit(() -> make(maker)));
    }
    for (int i = 0; i < readers; i++) {
      int reader = i;
      running.add(threads.submit(() -> read(reader)));
    }
  }

  void end() throws Exception {
    stopped = true;
    for (Future<Void> each : running) {
      each.get();
    }
    threads.shutdown();
  }

  List<Failure> failures(boolean ofReads) {
    return failures.stream().filter(each -> each.ofARead() == ofReads).toList();
  }

  /** What failed, with how often. */
  Map<String, Integer> kinds() {
    Map<String, Integer> kinds = new TreeMap<>();
    failures.forEach(
        each ->
            kinds.merge((each.ofARead() ? "read: " : "write: ") + each.what(), 1, Integer::sum));
    return kinds;
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** How many were answered again, the first answer having been lost. */
  int replayed() {
    return replayed.get();
  }

  int reads() {
    return reads.get();
  }

  /** Every acknowledged write is there, as it was or overwritten by a later one. */
  void assertKept(Visitor program, Jdbi database) throws Exception {
    for (Map.Entry<String, Acknowledged> each : companies.entrySet()) {
      JsonNode company = program.read("/v1/companies/" + each.getKey());
      Acknowledged last = each.getValue();
      List<String> possible = new ArrayList<>(last.triedSince());
      possible.add(last.name());
      assertThat(company.path("name").asText()).as(each.getKey()).isIn(possible);
      assertThat(company.path("revision").asLong())
          .as(each.getKey())
          .isGreaterThanOrEqualTo(last.revision());
    }
    for (Map.Entry<String, String> each : made.entrySet()) {
      JsonNode company = program.read("/v1/companies/" + each.getKey());
      assertThat(company.path("name").asText()).isEqualTo(each.getValue());
      List<String> slugs =
          database.withHandle(
              handle ->
                  handle
                      .createQuery("select slug from company where name = :name")
                      .bind("name", each.getValue())
                      .mapTo(String.class)
                      .list());
      assertThat(slugs).containsExactly(each.getKey());
    }
  }

  private Void write(int writer) throws InterruptedException {
    Visitor visitor = programs.get(writer % programs.size());
    for (int round = 0; !stopped; round++) {
      String slug = "company-" + (writer * COMPANIES_OF_A_WRITER + round % COMPANIES_OF_A_WRITER);
      String name = "Name %d of writer %d".formatted(round, writer);
      try {
        HttpResponse<String> answer =
            visitor.patch("/v1/companies/" + slug, "{\"name\": \"%s\"}".formatted(name));
        if (answer.statusCode() == 200) {
          long revision = answer.headers().firstValueAsLong("Directory-Revision").orElseThrow();
          companies.put(slug, new Acknowledged(revision, name, List.of()));
          acknowledged.incrementAndGet();
        } else {
          failed(false, String.valueOf(answer.statusCode()));
          tried(slug, name);
        }
      } catch (IOException cut) {
        failed(false, cut.getClass().getSimpleName());
        tried(slug, name);
      }
    }
    return null;
  }

  private void tried(String slug, String name) {
    companies.computeIfPresent(
        slug,
        (key, last) -> {
          List<String> since = new ArrayList<>(last.triedSince());
          since.add(name);
          return new Acknowledged(last.revision(), last.name(), since);
        });
    pause(50);
  }

  private Void make(int maker) throws Exception {
    Visitor visitor = programs.get(maker % programs.size());
    for (int round = 0; !stopped; round++) {
      String name = "Maison%cx%d".formatted('a' + maker, round);
      String key = UUID.randomUUID().toString();
      String body =
          """
          {"name": "%s", "commune": "31555", "sectors": ["iot"], "publication": "published"}
          """
              .formatted(name);
      JsonNode company = null;
      for (int tries = 0; company == null && !(stopped && tries > 200); tries++) {
        company = made(visitor, key, body, tries);
      }
      if (company != null) {
        made.put(company.path("slug").asText(), name);
        acknowledged.incrementAndGet();
      }
      pause(20);
    }
    return null;
  }

  private @Nullable JsonNode made(Visitor visitor, String key, String body, int tries)
      throws Exception {
    try {
      HttpResponse<String> answer = visitor.post("/v1/companies", key, body);
      if (answer.statusCode() == 201) {
        replayed.addAndGet(tries > 0 ? 1 : 0);
        return MAPPER.readTree(answer.body());
      }
      failed(false, answer.statusCode() == 422 ? answer.body() : "" + answer.statusCode());
    } catch (IOException cut) {
      failed(false, cut.getClass().getSimpleName());
    }
    pause(50);
    return null;
  }

  private Void read(int reader) throws InterruptedException {
    List<String> paths =
        List.of(
            "/v1/companies?limit=20&membership=any&sort=name",
            "/v1/companies/company-1",
            "/v1/companies?q=capteurs&facets=departement",
            "/v1/sectors");
    for (int round = reader; !stopped; round++) {
      try {
        HttpResponse<String> answer =
            programs
                .get(round % programs.size())
                .asThePublic()
                .get(paths.get(round / programs.size() % paths.size()));
        if (answer.statusCode() != 200) {
          failed(true, String.valueOf(answer.statusCode()));
        }
      } catch (IOException cut) {
        failed(true, cut.getClass().getSimpleName() + " " + cut.getMessage());
        pause(10);
      }
      reads.incrementAndGet();
      pause(5);
    }
    return null;
  }

  private void failed(boolean ofARead, String what) {
    failures.add(new Failure(System.nanoTime(), ofARead, what));
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }
}
