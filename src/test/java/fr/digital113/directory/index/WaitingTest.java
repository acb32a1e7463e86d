package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for a revision, and are not in each other's way. */
@QuarkusTest
class WaitingTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Fixture fixture;
  private final OwnIndexes indexes;
  private final Jdbi jdbi;

  @TempDir private Path folder;

  WaitingTest(Fixture fixture, OwnIndexes indexes, Jdbi jdbi) {
    this.fixture = fixture;
    this.indexes = indexes;
    this.jdbi = jdbi;
  }

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private long head() {
    return jdbi.withHandle(
        database ->
            database.createQuery("select max(revision) from revision").mapTo(Long.class).one());
  }

  @Test
  void oneClientDoesNotTakeAllPlaces() throws Exception {
    try (OwnIndex own = indexes.open(folder)) {
      fixture.sql("update company set headcount = headcount + 1 where slug = 'capteurs-d-oc'");
      long ahead = head();
      List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        waiting.add(wait(own, ahead, "greedy"));
      }

      assertThat(own.await(ahead, "greedy", LONG)).isFalse(); // at once
      CompletableFuture<Boolean> other = wait(own, ahead, "other");
      own.catchUp();
      for (CompletableFuture<Boolean> each : waiting) {
        assertThat(each.get()).isTrue();
      }
      assertThat(other.get()).isTrue();
      assertThat(own.await(ahead, "greedy", LONG)).isTrue();
    }
  }

  @Test
  void nobodyWaitsForARevisionThatTheLogDoesNotHave() throws Exception {
    try (OwnIndex own = indexes.open(folder)) {
      assertThat(own.await(head() + 1_000_000, "anybody", LONG)).isFalse(); // at once
    }
  }

  /** Answers once the request waits. */
  private static CompletableFuture<Boolean> wait(OwnIndex own, long revision, String client) {
    CompletableFuture<Boolean> found = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> found.complete(own.await(revision, client, LONG)), "waits for " + client);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return found;
  }
}
