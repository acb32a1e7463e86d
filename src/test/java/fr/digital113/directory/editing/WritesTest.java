package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WritesTest {
  private static final Caller TEAM =
      new Caller("user:team", Set.of(Role.TEAM), null, null, null, "standard");

  @Inject Writes writes;
  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @AfterEach
  void dropTheTrap() {
    jdbi.useHandle(
        database -> {
          database.execute("drop table if exists trap");
          database.execute("drop sequence if exists trap_turn");
          database.execute("drop function if exists spring_trap()");
        });
  }

  @Test
  void writesInTheNameOfTheCallerAndSaysWhichRevisionItTook() {
    long revision =
        writes
            .run(
                TEAM,
                database ->
                    database.execute("update company set phone = '1234' where slug = 'ecran-vert'"))
            .revision();

    String actor =
        jdbi.withHandle(
            database ->
                database
                    .createQuery("select actor from revision where revision = :revision")
                    .bind("revision", revision)
                    .mapTo(String.class)
                    .one());
    assertThat(actor).isEqualTo("user:team");
    assertThat(writes.run(TEAM, database -> 1).revision()).isEqualTo(revision);
  }

  @Test
  void ofTwoWritesThatWaitForEachOtherBothAreDone() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger tries = new AtomicInteger();
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Integer>> both =
          List.of(
              () -> touch("ecran-vert", "finances-occitanes", bothHoldOne, tries),
              () -> touch("finances-occitanes", "ecran-vert", bothHoldOne, tries));
      for (Future<Integer> each : writers.invokeAll(both)) {
        assertThat(each.get()).isEqualTo(1);
      }
    } finally {
      writers.shutdown();
    }
    assertThat(tries.get()).isGreaterThan(2);
  }

  private int touch(String first, String second, CyclicBarrier bothHoldOne, AtomicInteger tries) {
    return writes
        .run(
            TEAM,
            database -> {
              database.execute("update company set hiring = not hiring where slug = ?", first);
              if (tries.incrementAndGet() <= 2) {
                try {
                  bothHoldOne.await(10, TimeUnit.SECONDS);
                } catch (Exception late) {
                  throw new IllegalStateException(late);
                }
              }
              return database.execute(
                  "update company set hiring = not hiring where slug = ?", second);
            })
        .result();
  }

  /** A rule that fails at commit as a serialisation does, so many times. */
  private void setTrap(int times) {
    jdbi.useHandle(
        database -> {
          database.execute("create table trap (id integer)");
          database.execute("create sequence trap_turn");
          database.execute(
              """
              create function spring_trap() returns trigger language plpgsql as $$ begin
                if nextval('trap_turn') <= %d then raise exception 'again' using errcode = '40001'; end if;
                return null; end $$
              """
                  .formatted(times));
          database.execute(
              """
              create constraint trigger trap after insert on trap deferrable initially deferred
                for each row execute function spring_trap()
              """);
        });
  }

  @Test
  void aWriteThatFailsAtItsCommitIsDoneAgain() {
    setTrap(2);

    writes.run(TEAM, database -> database.execute("insert into trap values (1)"));

    int rows =
        jdbi.withHandle(
            database ->
                database.createQuery("select count(*) from trap").mapTo(Integer.class).one());
    assertThat(rows).isEqualTo(1);
  }

  @Test
  void aWriteIsNotDoneAgainForEver() {
    setTrap(1_000);

    assertThatThrownBy(
            () -> writes.run(TEAM, database -> database.execute("insert into trap values (1)")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT));
  }

  @Test
  void aRuleOfTheDatabaseIsToldAsAProblem() {
    assertThatThrownBy(
            () ->
                writes.run(
                    TEAM,
                    database ->
                        database.execute(
                            "update company set postal_code = 'x' where slug = 'ecran-vert'")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_BODY));
  }
}
