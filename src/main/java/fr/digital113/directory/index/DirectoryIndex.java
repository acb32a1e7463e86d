package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The read model of this process: a Lucene index of the public directory that follows the change
 * log, and, once somebody of the team has asked for it, another one of everything. They share
 * nothing, so that what is confidential is never in the files, the memory or the way of public
 * reads.
 *
 * <p>Readers take a {@link Snapshot}. Writers call {@link #catchUp()} after their commit, so that
 * what they wrote is visible here before they answer; {@link IndexFollower} applies everything that
 * others write.
 */
@Singleton
public class DirectoryIndex {
  /** An answer has to be there within two seconds, be it that there is none. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  /** Enough to build the private index of some thousand companies. */
  private static final Duration PATIENCE_FOR_THE_FIRST = Duration.ofSeconds(10);

  private final FollowedIndex everybody;
  private final FollowedIndex team;
  private final CountDownLatch teamAsked = new CountDownLatch(1);

  DirectoryIndex(
      ChangeFeed feed,
      @Any Instance<IndexedType> indexed,
      ObjectMapper mapper,
      DataFolder dataFolder) {
    List<IndexedType> types = indexed.stream().toList();
    everybody = new FollowedIndex(Visibility.PUBLIC, feed, types, mapper, dataFolder.index());
    team = new FollowedIndex(Visibility.PRIVATE, feed, types, mapper, dataFolder.privateIndex());
    if (team.hasFiles()) {
      teamAsked.countDown(); // in an earlier run: what must be forgotten is forgotten there too
    }
  }

  /** The newest public snapshot. The caller closes it. */
  public Snapshot acquire() {
    Snapshot snapshot = everybody.current().acquire();
    if (snapshot == null) {
      throw notReady();
    }
    return snapshot;
  }

  /**
   * The newest public snapshot, which the caller closes. It holds at least the revision that the
   * request asks for.
   *
   * @throws ProblemException 503 when it does not within a moment
   */
  public Snapshot acquire(Exchange exchange) {
    Long least = exchange.leastRevision();
    if (least == null || !everybody.current().isThere()) {
      return acquire();
    }
    return acquireAtLeast(exchange.client(), least);
  }

  /**
   * The newest public snapshot, which the caller closes. It holds at least a revision that was seen
   * somewhere.
   *
   * @param client who waits
   * @throws ProblemException 503 when it does not within a moment
   */
  public Snapshot acquireAtLeast(String client, long revision) {
    return found(
        everybody.current().acquire(null, revision, client, PATIENCE), () -> notYetAt(revision));
  }

  /**
   * The newest snapshot of one side. The private one is never behind the public one, and so holds
   * what this process wrote; it is built when it is first asked for.
   *
   * @throws ProblemException 503 when it is not there within a moment
   */
  public Snapshot acquire(Exchange exchange, Visibility side) {
    if (side == Visibility.PUBLIC) {
      return acquire(exchange);
    }
    teamAsked.countDown();
    try (Snapshot shown = acquire()) {
      Long least = exchange.leastRevision();
      long revision = Math.max(shown.appliedRevision(), least == null ? 0 : least);
      boolean first = !team.current().isThere();
      return found(
          team.current()
              .acquire(
                  shown.epoch(),
                  revision,
                  exchange.client(),
                  first && least == null ? PATIENCE_FOR_THE_FIRST : PATIENCE),
          () -> first || least == null ? teamNotReady() : notYetAt(least));
    }
  }

  private static Snapshot found(@Nullable Snapshot snapshot, Supplier<ProblemException> otherwise) {
    if (snapshot == null) {
      throw otherwise.get();
    }
    return snapshot;
  }

  private static ProblemException notReady() {
    return new ProblemException(
        ProblemType.NOT_READY,
        new Text("L'index n'est pas encore prêt.", "The index is not ready yet."));
  }

  private static ProblemException teamNotReady() {
    return new ProblemException(
        ProblemType.NOT_READY,
        new Text(
            "L'index de l'équipe est en cours de construction ou de mise à jour ; réessayez dans un instant.",
            "The index of the team is being built or brought up to date; try again in a moment."));
  }

  private static ProblemException notYetAt(long revision) {
    return new ProblemException(
        ProblemType.REVISION_NOT_VISIBLE,
        new Text(
                "La révision %d n'est pas encore visible ici ; réessayez dans un instant.",
                "Revision %d is not visible here yet; try again in a moment.")
            .with(revision));
  }

  /** Whether there is a public snapshot to read. */
  public boolean isReady() {
    return everybody.current().isThere();
  }

  /** Whether somebody of the team has asked, and there is a private snapshot to read. */
  boolean isPrivateReady() {
    return team.current().isThere();
  }

  /**
   * Applies everything that is committed in the database; returns with it visible in {@link
   * #acquire}. The private index is not waited for here, but by those who read it.
   */
  public void catchUp() {
    everybody.catchUp();
  }

  /**
   * The same, unless others are at it for longer than that.
   *
   * @return false when not all is visible yet; {@link IndexFollower} goes on
   */
  public boolean catchUp(Duration patience) {
    return everybody.catchUp(patience);
  }

  /**
   * Waits for {@link IndexFollower} to apply what is committed now. A load of a million companies
   * takes it minutes, longer than an HTTP connection stays open.
   *
   * @return false when it is not all visible in {@link #acquire} by then
   */
  public boolean awaitCommitted(Duration patience) {
    return everybody.current().awaitCommitted(patience);
  }

  /**
   * How many documents in the files of this process hold a text that a test of type and text knows;
   * those that are deleted and not forgotten yet count as well.
   */
  public long countStored(BiPredicate<String, String> test) {
    return everybody.countStored(test) + team.countStored(test);
  }

  /** How many items could not be indexed and are missing, each with a log line; never waits. */
  int missing() {
    return everybody.missing();
  }

  FollowedIndex of(Visibility side) {
    return side == Visibility.PUBLIC ? everybody : team;
  }

  /** Reached zero when somebody of the team has asked. */
  CountDownLatch teamAsked() {
    return teamAsked;
  }
}
