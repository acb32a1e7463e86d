package fr.digital113.directory.changes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.MigratedDatabase;
import fr.digital113.directory.testsupport.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log forgets steps, and no state. */
class CompactionTest {
  private static final MigratedDatabase.Content REFERENCE = MigratedDatabase.with(Rows::reference);
  private static final Duration FEED = Duration.ofDays(91);
  private static final Duration AUDIT = Duration.ofDays(1096);

  @RegisterExtension final MigratedDatabase database = REFERENCE.database();

  private Jdbi jdbi;
  private Compaction compaction;

  @BeforeEach
  void connect() {
    jdbi = database.jdbi();
    compaction =
        new Compaction(
            jdbi,
            new LogSettings() {
              @Override
              public Duration feedRetention() {
                return FEED;
              }

              @Override
              public Duration auditRetention() {
                return AUDIT;
              }
            });
  }

  @Test
  void keepsEveryStepWhileItMayBeAskedFor() {
    history();
    long entries = count("public_change");
    long images = count("audit_image");

    compaction.compact(Instant.now().plus(FEED).minusSeconds(60));

    assertThat(count("public_change")).isEqualTo(entries);
    assertThat(count("audit_image")).isEqualTo(images);
    assertThat(horizon()).isEqualTo(List.of(0L, 0L));
  }

  @Test
  void keepsTheLastStateOfEachItemAndNoTraceOfThoseThatAreGone() {
    UUID kept = history();
    long audited = count("audit_image");
    List<String> states = states();

    compaction.compact(Instant.now().plus(FEED).plusSeconds(60));

    assertThat(states()).isEqualTo(states);
    assertThat(count("public_change where type = 'company'")).isEqualTo(1);
    assertThat(count("public_change where id = '" + kept + "'")).isEqualTo(1);
    assertThat(count("public_change where document is null")).isZero();
    assertThat(count("audit_image")).isEqualTo(audited);
    assertThat(horizon()).isEqualTo(List.of(revision(), 0L));
  }

  /** Entries go by the thousand, in whatever order the tables have them. */
  @Test
  void bringsNothingBackThatIsGoneWhileItForgets() {
    history();
    for (String log : List.of("public_change", "audit_image")) {
      jdbi.useTransaction(
          handle -> {
            handle.execute("insert into %s values (2, 'company', 'gone', null)".formatted(log));
            handle.execute(
                """
                insert into %s select revision, 'company', 'other-' || i, '{}'
                from generate_series(1, 10000) i, generate_series(1, 2) revision
                """
                    .formatted(log));
            handle.execute("insert into %s values (1, 'company', 'gone', '{}')".formatted(log));
          });
    }

    jdbi.useHandle(handle -> handle.execute("call compact_log(2, 2)"));

    for (String log : List.of("public_change", "audit_image")) {
      assertThat(count(log + " where id = 'gone'")).as(log).isZero();
      assertThat(count(log + " where id like 'other-%'")).as(log).isEqualTo(10_000);
    }
  }

  @Test
  void keepsWhoChangedWhatForLonger() {
    history();
    long revision = revision();

    compaction.compact(Instant.now().plus(AUDIT).plusSeconds(60));

    assertThat(count("audit_image where type = 'company'")).isEqualTo(1);
    assertThat(
            count(
                "revision r where not exists (select from audit_image a where a.revision = r.revision)"))
        .as("the newest, which the next number follows from")
        .isEqualTo(1);
    assertThat(revision()).isEqualTo(revision);
    assertThat(horizon()).isEqualTo(List.of(revision, revision));
  }

  @Test
  void goesOnNumberingAfterEverythingIsForgotten() {
    history();
    jdbi.useTransaction(handle -> handle.execute("delete from company"));
    long revision = revision();
    compaction.compact(Instant.now().plus(AUDIT).plusSeconds(60));

    jdbi.useTransaction(handle -> Rows.company(handle, "c"));

    assertThat(revision()).isEqualTo(revision + 1);
  }

  @Test
  void losesNothingOfWhatIsWrittenMeanwhile() {
    UUID company = history();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> writer =
        CompletableFuture.supplyAsync(
            () -> {
              int writes = 0;
              for (; !stop.get() || writes < 20; writes++) {
                jdbi.useTransaction(
                    handle -> {
                      handle.execute(
                          "update company set hiring = not hiring where id = ?", company);
                      UUID gone = Rows.company(handle, "gone-" + UUID.randomUUID());
                      handle.execute(
                          "update company set publication = 'published' where id = ?", gone);
                    });
                jdbi.useTransaction(
                    handle -> handle.execute("delete from company where slug like 'gone-%'"));
              }
              return writes;
            });
    for (int i = 0; i < 10; i++) {
      compaction.compact(Instant.now().plus(AUDIT).plusSeconds(60));
    }
    stop.set(true);

    assertThat(writer.join()).isGreaterThanOrEqualTo(20);
    assertThat(
            count(
                """
                company_document d
                where d.public_document is distinct from (select p.document from public_change p
                  where p.type = 'company' and p.id = d.id order by p.revision desc limit 1)
                """))
        .isZero();
  }

  /** One company that changed twice, and one that is gone. */
  private UUID history() {
    UUID kept =
        jdbi.inTransaction(
            handle -> {
              UUID made = Rows.company(handle, "a");
              handle.execute("update company set publication = 'published' where id = ?", made);
              return made;
            });
    jdbi.useTransaction(
        handle -> {
          UUID gone = Rows.company(handle, "b");
          handle.execute("update company set publication = 'published' where id = ?", gone);
        });
    jdbi.useTransaction(handle -> handle.execute("update company set hiring = true"));
    jdbi.useTransaction(handle -> handle.execute("update company set hiring = false"));
    jdbi.useTransaction(handle -> handle.execute("delete from company where slug = 'b'"));
    return kept;
  }

  private List<String> states() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select state from (
                      select distinct on (type, id) type || id || document::text as state from public_change
                      order by type, id, revision desc) last
                    where state is not null order by 1
                    """)
                .mapTo(String.class)
                .list());
  }

  private List<Long> horizon() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select public, audit from log_horizon")
                .map((row, context) -> List.of(row.getLong(1), row.getLong(2)))
                .one());
  }

  private long count(String from) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }

  private long revision() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select max(revision) from revision").mapTo(Long.class).one());
  }
}
