package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.LogHead;
import fr.digital113.directory.changes.Visibility;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.lucene.index.DirectoryReader;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A Lucene index of one side of the directory that follows the change log. Readers take a {@link
 * Snapshot}; see {@link DirectoryIndex}, which has one of each.
 */
final class FollowedIndex {
  private static final Logger LOG = Logger.getLogger(FollowedIndex.class);
  private static final long COMMIT_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int MOST_MERGES = 10;

  private final Visibility side;
  private final ChangeFeed feed;
  private final List<IndexedType> types;
  private final ObjectMapper mapper;
  private final Path folder;
  private final CurrentSnapshot current;

  /** Of those who apply the log; whoever needs "this" as well takes it after its turn. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile int missing; // as of the newest snapshot, for who must not wait for a writer

  // All below is guarded by "this": one thread at a time writes.
  private @Nullable IndexStore store;
  private @Nullable IndexWriting writing;
  private @Nullable IndexState applied;
  private boolean uncommitted; // the writer holds all of "applied", and the files do not yet
  private long lastCommit = System.nanoTime() - COMMIT_NANOS; // clocks are set back

  FollowedIndex(
      Visibility side, ChangeFeed feed, List<IndexedType> types, ObjectMapper mapper, Path folder) {
    this.side = side;
    this.feed = feed;
    this.types = types;
    this.mapper = mapper;
    this.folder = folder;
    this.current = new CurrentSnapshot(side, feed);
  }

  Visibility side() {
    return side;
  }

  Path folder() {
    return folder;
  }

  /** What readers take. */
  CurrentSnapshot current() {
    return current;
  }

  /** Opens the files, and applies what the log holds beyond them. */
  void open() {
    open(() -> false);
  }

  /**
   * The same, at the start of the program.
   *
   * @param ending whether the program is to end: there is no sense in building an index for it
   * @throws ViewUntilTheEnd.EndingException when it is
   */
  void open(BooleanSupplier ending) {
    turn.lock();
    try {
      openAndApply(ending);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Opens the files before it is known whether they are of this database; {@link #open()} goes on
   * from there. What is damaged waits for it, as the database is asked about its state first.
   */
  synchronized void openFilesAhead() {
    if (writing != null || !hasFiles()) {
      return;
    }
    try {
      use(IndexStore.openSound(folder));
    } catch (IOException | RuntimeException failure) {
      LOG.debugf("The index is not opened ahead (%s)", failure.getMessage());
    }
  }

  private synchronized void openAndApply(BooleanSupplier ending) {
    try {
      if (writing == null) {
        openFiles();
      }
      apply(ending);
      commit();
    } catch (IOException failure) {
      throw new UncheckedIOException("The index cannot be opened in " + folder, failure);
    }
  }

  /**
   * Applies everything that is committed in the database; returns with it visible in {@link
   * #current()}.
   */
  void catchUp() {
    turn.lock();
    try {
      apply();
    } finally {
      turn.unlock();
    }
  }

  /**
   * The same, unless others are at it for longer: a large import, say.
   *
   * @return false when its turn has not come by then; the follower will do it
   */
  boolean catchUp(Duration patience) {
    try {
      if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      apply();
      return true;
    } finally {
      turn.unlock();
    }
  }

  private void apply() {
    apply(() -> false);
  }

  private synchronized void apply(BooleanSupplier ending) {
    LogHead head = feed.head();
    IndexState state = applied;
    try {
      if (state != null && state.isLostBy(feed, head)) {
        LOG.warn("The database was put back to an older state; a new epoch begins");
        feed.renewEpoch(head.epoch());
        head = feed.head();
      }
      if (state == null || !isCurrent(state, head) || !current.isThere()) {
        IndexWriting target = usable();
        IndexState base = applied;
        feed.read(
            side,
            head,
            base != null && follows(base, head) ? base.revision() : 0,
            view ->
                apply(
                    new ViewUntilTheEnd(view, ending),
                    target,
                    follows(applied, view.head()) ? applied : null));
        if (state != null && applied != null && applied.erasures() != state.erasures()) {
          commit(); // the files of the commit before have what was erased
        }
      }
      if (System.nanoTime() - lastCommit > COMMIT_NANOS) {
        commit();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void apply(ChangeFeed.View view, IndexWriting target, @Nullable IndexState from) {
    try {
      long started = System.nanoTime();
      // The feed may end in the middle. The same changes are then applied again, which does no
      // harm; but until they all are, the writer holds no revision that may go to disk.
      uncommitted = false;
      if (from == null) {
        applied = null; // and after this, none to go on from
        target.clear();
      }
      long items = target.apply(view, from == null ? 0 : from.revision());
      IndexState state = IndexState.of(view.head());
      publish(state, target);
      if (from != null && from.erasures() != state.erasures()) {
        forgetDeleted(state, target);
      }
      missing = target.missingItems().size();
      applied = state;
      uncommitted = true;
      if (from == null) {
        LOG.infof(
            "Index built, %s: %d items at revision %d in %d ms",
            side, items, state.revision(), (System.nanoTime() - started) / 1_000_000);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Lucene keeps what was deleted until it merges the file that it is in. This merges all of them;
   * the files go once the next commit is written and the last reader of an older snapshot is done.
   */
  private void forgetDeleted(IndexState state, IndexWriting target) throws IOException {
    // More than once, as what a merge that runs already takes along is deleted after it.
    for (int tries = 0; target.writer().hasDeletions() && tries < MOST_MERGES; tries++) {
      target.writer().forceMergeDeletes();
    }
    publish(state, target);
  }

  /**
   * How many documents in the files hold a text that a test of type and text knows, deleted ones
   * included.
   */
  long countStored(BiPredicate<String, String> test) {
    try (Snapshot snapshot = current.acquire()) {
      return snapshot == null ? 0 : snapshot.countStored(test);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether an earlier run has left files to go on from. */
  boolean hasFiles() {
    String[] files = folder.toFile().list();
    return files != null && files.length > 0;
  }

  private void publish(IndexState state, IndexWriting target) throws IOException {
    current.replace(
        new Snapshot(side, DirectoryReader.open(target.writer()), state, target.labels()));
  }

  synchronized boolean isOpen() {
    return writing != null;
  }

  /** The types that are indexed. */
  Set<String> types() {
    return types.stream().map(IndexedType::type).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the stored representations of an item are what would be written today. */
  synchronized boolean isRenderedAsOfNow(FeedItem item, StoredItems stored) {
    return Objects.requireNonNull(writing, "the index is not open").isRenderedAsOfNow(item, stored);
  }

  /** How many items could not be indexed; never waits. */
  int missing() {
    return missing;
  }

  /** Bytes of its files; 0 when there are none. */
  long size() {
    File[] files = folder.toFile().listFiles();
    return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).sum();
  }

  /** Keys of items that could not be indexed and are missing from it, each with a log line. */
  synchronized Set<String> missingItems() {
    return writing == null ? Set.of() : Set.copyOf(writing.missingItems());
  }

  /** Writes what was applied to disk, if anything was. A start after a crash goes on from there. */
  synchronized void commit() throws IOException {
    IndexStore files = store;
    IndexState state = applied;
    if (uncommitted && files != null && files.writer().isOpen() && state != null) {
      files.commit(state);
      uncommitted = false;
      lastCommit = System.nanoTime();
    }
  }

  /** A failed write (disk full, say) closes Lucene's writer: start again from the last commit. */
  private IndexWriting usable() throws IOException {
    IndexWriting target = Objects.requireNonNull(writing, "the index is not open");
    if (target.isOpen()) {
      return target;
    }
    LOG.warn("The index could not be written; it starts again from its last commit");
    return openFiles();
  }

  private IndexWriting openFiles() throws IOException {
    if (store != null) {
      store.close();
    }
    return use(IndexStore.open(folder));
  }

  private IndexWriting use(IndexStore opened) throws IOException {
    store = opened; // at once: it holds the lock of the folder
    IndexWriting target = new IndexWriting(side, opened.writer(), types, mapper);
    writing = target;
    applied = opened.committed();
    uncommitted = false;
    return target;
  }

  synchronized void close() throws IOException {
    commit();
    current.close();
    if (store != null) {
      store.close();
      store = null;
    }
  }

  private static boolean isCurrent(IndexState state, LogHead head) {
    return state.equals(IndexState.of(head));
  }

  /**
   * An index of another epoch, ahead of its database, or away for longer than the log tells every
   * removal, has nothing to build on.
   */
  private boolean follows(@Nullable IndexState state, LogHead head) {
    return state != null
        && state.epoch().equals(head.epoch())
        && state.revision() <= head.revision()
        && state.revision() >= head.horizon(side);
  }
}
