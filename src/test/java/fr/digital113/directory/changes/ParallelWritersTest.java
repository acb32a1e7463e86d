package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.database.Standby;
import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Eight writers at once, and a reader that follows the log while they write. */
class ParallelWritersTest {
  private static final List<String> TYPES =
      List.of("territory", "sector", "company", "factory", "cluster");

  private static final int WRITERS = 8;
  private static final int TRANSACTIONS = 60;
  private static final int COMPANIES = 20;

  @RegisterExtension
  static final MigratedDatabase DATABASE = MigratedDatabase.with(Rows::reference).database();

  @Test
  void aFollowerMissesNothingAndItsCopyEqualsTheTables() throws Exception {
    Jdbi jdbi = DATABASE.jdbi();
    jdbi.useTransaction(
        handle -> {
          for (int i = 0; i < COMPANIES; i++) {
            Rows.company(handle, "company-" + i);
          }
        });
    ChangeFeed feed =
        new ChangeFeed(jdbi, new StandbyReads(jdbi, Standby.none()), new ObjectMapper());
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try {
      Future<Map<String, JsonNode>> follower = threads.submit(() -> follow(feed, done));
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(i);
        writers.add(threads.submit(() -> write(jdbi, random)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      done.set(true);
      assertThat(follower.get()).isEqualTo(contentOf(feed));
    } finally {
      threads.shutdownNow();
    }
    List<Long> revisions =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select revision from revision order by committed_at, revision")
                    .mapTo(Long.class)
                    .list());
    assertThat(revisions).hasSizeGreaterThan(WRITERS * TRANSACTIONS / 2).isSorted();
    assertThat(revisions.get(revisions.size() - 1)).isEqualTo(revisions.size());
  }

  /** Small updates, link changes, inserts and deletes over rows that the writers share. */
  private static void write(Jdbi jdbi, Random random) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      String slug = "company-" + random.nextInt(COMPANIES);
      int kind = random.nextInt(4);
      String extra = "extra-" + random.nextLong(Long.MAX_VALUE);
      jdbi.useTransaction(
          handle -> {
            switch (kind) {
              case 0 ->
                  handle.execute(
                      "update company set phone = ? where slug = ?",
                      "+33536" + random.nextInt(100_000, 999_999),
                      slug);
              case 1 ->
                  handle.execute(
                      "update company set publication = case publication when 'draft' then"
                          + " 'published' else 'draft' end where slug = ?",
                      slug);
              case 2 ->
                  handle.execute(
                      "insert into company_sector select id, 'fintech', 1 from company where slug ="
                          + " ? on conflict do nothing",
                      slug);
              default -> Rows.company(handle, extra);
            }
          });
      if (kind == 3 && random.nextBoolean()) {
        jdbi.useHandle(handle -> handle.execute("delete from company where slug = ?", extra));
      }
    }
  }

  /** Keeps a copy as any follower does: what changed after the last revision that it saw. */
  private static Map<String, JsonNode> follow(ChangeFeed feed, AtomicBoolean done) {
    Map<String, JsonNode> copy = new HashMap<>();
    long[] seen = {0};
    boolean last = false;
    while (true) {
      feed.read(
          Visibility.PUBLIC,
          view -> {
            view.changesAfter(
                seen[0],
                TYPES,
                item -> {
                  String key = item.type() + item.id();
                  if (item.document() == null) {
                    copy.remove(key);
                  } else {
                    copy.put(key, item.document());
                  }
                });
            seen[0] = view.head().revision();
          });
      if (last) {
        return copy;
      }
      last = done.get();
    }
  }

  private static Map<String, JsonNode> contentOf(ChangeFeed feed) {
    Map<String, JsonNode> content = new HashMap<>();
    feed.read(
        Visibility.PUBLIC,
        view ->
            view.content(
                TYPES,
                (type, id, document) -> {
                  if (document != null) {
                    content.put(type + id, document);
                  }
                }));
    return content;
  }
}
