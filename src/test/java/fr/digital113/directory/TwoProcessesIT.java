package fr.digital113.directory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** Two programs on one database, eight writers at once, and readers of both all the time. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoProcessesIT {
  private static final String KEY = "preset-admin-key-0123456789";
  private static final int COMPANIES = 120;

  /** Enough for every pair of writers to have met; on a slow machine it takes longer. */
  private static final int STATEMENTS = 1_000;

  private static final int IMPORTS = 3;

  /** Deadlock, serialization; a rule of the database that two writers together would break. */
  private static final Set<String> REFUSED = Set.of("40P01", "40001", "23503", "23505", "23514");

  @TempDir private Path folder;

  private final List<Program> programs = new ArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger imports = new AtomicInteger();
  private final AtomicInteger refusedImports = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @AfterEach
  void leaveNothingRunning() throws Exception {
    for (Program program : programs) {
      program.kill();
    }
  }

  @Test
  void bothHoldTheSameContentAtTheSameRevision() throws Exception {
    try (EmbeddedDatabase server = new EmbeddedDatabase(new DataFolder(folder.resolve("server")))) {
      Map<String, String> settings = server.start();
      Jdbi jdbi =
          Jdbi.create(
              requireNonNull(settings.get("quarkus.datasource.jdbc.url")),
              requireNonNull(settings.get("quarkus.datasource.username")),
              requireNonNull(settings.get("quarkus.datasource.password")));
      Visitor one = new Visitor(started("one", settings), KEY);
      Visitor other = new Visitor(started("other", settings), KEY);
      assertThat(one.over(one.submit("members", members(0, 5))).path("status").asText())
          .isEqualTo("done");
      addFactories(jdbi);

      writeAtOnce(jdbi, one, other);

      long newest = number(jdbi, "select max(revision) from revision where public");
      Visitor.await(() -> one.revision() == newest && other.revision() == newest, 30);
      Map<String, JsonNode> expected = PublicTables.shown(jdbi);
      assertThat(PublicTables.differences(expected, one.asThePublic().walk())).isEmpty();
      assertThat(PublicTables.differences(expected, other.asThePublic().walk())).isEmpty();
      assertThat(other.read("/v1/cluster")).isEqualTo(one.read("/v1/cluster"));
      assertTheLogIsWhole(jdbi);
      System.Logger log = System.getLogger(TwoProcessesIT.class.getName());
      log.log(
          System.Logger.Level.INFO,
          "{0} SQL writes and {1} imports ({5} refused) made {2} revisions under {3} reads; {4} items compared",
          statements,
          imports,
          newest,
          reads,
          expected.size(),
          refusedImports);
    }
  }

  private void writeAtOnce(Jdbi jdbi, Visitor one, Visitor other) throws Exception {
    Queue<String> failedReads = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> writers = new ArrayList<>();
      writers.add(threads.submit(() -> importAgainAndAgain(one)));
      writers.add(threads.submit(() -> importAgainAndAgain(other)));
      for (int i = 0; i < 6; i++) {
        Random random = new Random(i);
        writers.add(threads.submit(() -> writeSql(jdbi, random)));
      }
      List<Future<?>> readers =
          List.of(
              threads.submit(() -> readAll(one.asThePublic(), failedReads)),
              threads.submit(() -> readAll(other.asThePublic(), failedReads)));
      Visitor.await(
          () ->
              (statements.get() >= STATEMENTS && imports.get() >= IMPORTS)
                  || writers.stream().anyMatch(Future::isDone), // failed: told below
          120);
      writing.set(false);
      for (Future<?> writer : writers) {
        writer.get();
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      writing.set(false);
      threads.shutdownNow();
    }
    assertThat(failedReads).isEmpty();
  }

  private Void importAgainAndAgain(Visitor visitor) throws Exception {
    for (int round = 1; writing.get(); round++) {
      JsonNode job = visitor.over(visitor.submit("members", members(round, round % 50)));
      if (job.path("status").asText().equals("done")) {
        imports.incrementAndGet();
      } else { // Three times in a row another writer took away what it was about to change.
        assertThat(job.path("failure").asText())
            .startsWith("La base de données a refusé le contenu (")
            .endsWith("rien du fichier n'a été gardé.");
        assertThat(job.path("rows").path("read").asInt()).isZero();
        refusedImports.incrementAndGet();
      }
    }
    return null;
  }

  private Void readAll(Visitor visitor, Queue<String> failed) throws Exception {
    while (writing.get()) {
      for (String list : Visitor.LISTS) {
        var answer = visitor.get("/v1/" + list + "&limit=20");
        reads.incrementAndGet();
        if (answer.statusCode() != 200) {
          failed.add(list + " " + answer.statusCode() + " " + answer.body());
        }
      }
      var answer = visitor.get("/v1/companies/company-1");
      if (answer.statusCode() >= 500) {
        failed.add("company-1 " + answer.statusCode() + " " + answer.body());
      }
    }
    return null;
  }

  /** What somebody at psql, a script or another program may do. */
  private Void writeSql(Jdbi jdbi, Random random) {
    while (writing.get()) {
      String slug = "company-" + random.nextInt(COMPANIES);
      String sql =
          switch (random.nextInt(10)) {
            case 0 ->
                "update company set phone = '+3353649%04d' where slug = :slug"
                    .formatted(random.nextInt(10_000));
            case 1 -> "update company set hiring = not hiring where slug like :slug || '%'";
            case 2 ->
                "update company set headcount = %d where slug = :slug"
                    .formatted(1 + random.nextInt(300));
            case 3 ->
                "insert into company_sector select id, 'fintech', 2 from company where slug = :slug on conflict do nothing";
            case 4 ->
                "delete from company_sector where sector = 'fintech' and company in (select id from company where slug = :slug)";
            case 5 ->
                "update membership set left_on = case when left_on is null then date '2024-01-01' end where company = (select id from company where slug = :slug)";
            case 6 ->
                """
                with gone as (delete from membership where company = (select id from company where slug = :slug
                  and not exists (select from factory_lead where company = id)) returning company)
                delete from company using gone where id = company
                """;
            case 7 ->
                "update company set publication = case publication when 'draft' then 'published' else 'draft' end where slug = :slug";
            case 8 ->
                "insert into factory_participant select f.id, c.id from factory f, company c where c.slug = :slug on conflict do nothing";
            default ->
                "update factory set name = name || '.' where length(name) < 150 and :slug is not null";
          };
      try {
        jdbi.useTransaction(database -> database.createUpdate(sql).bind("slug", slug).execute());
        statements.incrementAndGet();
      } catch (JdbiException refused) {
        if (!(refused.getCause() instanceof PSQLException cause)
            || !REFUSED.contains(cause.getSQLState())) {
          throw refused;
        }
      }
    }
    return null;
  }

  private static void addFactories(Jdbi jdbi) {
    jdbi.useTransaction(
        database -> {
          database.execute(
              "insert into factory (id, slug, name, status) select gen_random_uuid(), 'factory-' || i, 'Factory ' || i, 'active' from generate_series(0, 2) i");
          database.execute(
              """
              insert into factory_lead (factory, company, since)
              select f.id, c.id, '2022-01-01' from factory f join company c
                on c.slug in ('company-' || 2 * right(f.slug, 1)::integer, 'company-' || 2 * right(f.slug, 1)::integer + 1)
              """);
        });
  }

  private static String members(int round, int headcount) {
    StringBuilder file = new StringBuilder("slug,name,commune,sectors,joinedOn,headcount\n");
    for (int i = 0; i < COMPANIES; i++) {
      file.append(
          "company-%d,Company %d of round %d,31555,iot,2020-01-01,%d\n"
              .formatted(i, i, round, headcount + 1));
    }
    return file.toString();
  }

  private static void assertTheLogIsWhole(Jdbi jdbi) {
    List<Long> revisions =
        jdbi.withHandle(
            database ->
                database
                    .createQuery("select revision from revision order by committed_at, revision")
                    .mapTo(Long.class)
                    .list());
    assertThat(revisions).isSorted();
    assertThat(revisions.get(0)).isEqualTo(1);
    assertThat(revisions.get(revisions.size() - 1)).isEqualTo(revisions.size());
  }

  private static long number(Jdbi jdbi, String sql) {
    return jdbi.withHandle(database -> database.createQuery(sql).mapTo(Long.class).one());
  }

  private Program started(String name, Map<String, String> settings) throws Exception {
    Program program = new Program(folder);
    programs.add(program);
    settings.forEach(
        (setting, value) -> {
          if (setting.startsWith("quarkus.datasource.")) {
            program.with(setting.toUpperCase(Locale.ROOT).replace('.', '_'), value);
          }
        });
    return program
        .with("DIRECTORY_DATA_DIR", folder.resolve(name).toString())
        .with("DIRECTORY_DEMO", "false")
        .with("DIRECTORY_ADMIN_KEY", KEY)
        .start();
  }
}
