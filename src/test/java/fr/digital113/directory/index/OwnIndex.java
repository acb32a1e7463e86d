package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.web.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An index beside the program's own, in a folder that a test may harm. It remembers which items it
 * wrote, and fails at one of them when asked to.
 */
final class OwnIndex implements AutoCloseable {
  private final FollowedIndex index;
  private final IndexCheck check;
  private final Set<String> written = new ConcurrentSkipListSet<>();
  private volatile @Nullable String failure;
  private volatile @Nullable String spoiled;

  OwnIndex(
      Visibility side, ChangeFeed feed, List<IndexedType> types, ObjectMapper mapper, Path folder) {
    index =
        new FollowedIndex(
            side, feed, types.stream().<IndexedType>map(Watched::new).toList(), mapper, folder);
    check = new IndexCheck(feed, index, mapper);
  }

  void openUnless(BooleanSupplier ending) {
    index.open(ending);
  }

  /** Opens the files without the database; whether that was possible. */
  boolean openAhead() {
    index.openFilesAhead();
    return index.isOpen();
  }

  OwnIndex open() {
    index.open();
    return this;
  }

  void catchUp() {
    index.catchUp();
  }

  void commit() throws IOException {
    index.commit();
  }

  /** Waits for a revision as a request does; whether it came. */
  boolean await(long revision, String client, Duration patience) {
    Snapshot found = index.current().acquire(null, revision, client, patience);
    if (found != null) {
      found.close();
    }
    return found != null;
  }

  Snapshot acquire() {
    return Objects.requireNonNull(index.current().acquire());
  }

  /** From now on every batch that holds this item ends there. */
  void failAt(String id) {
    failure = id;
  }

  /** From now on this item cannot be shown, as a defect in its code or data would have it. */
  void spoil(String id) {
    spoiled = id;
  }

  Set<String> missingItems() {
    return index.missingItems();
  }

  void failNoMore() {
    failure = null;
    spoiled = null;
  }

  /** The keys of the items written since the last call; empty when there was nothing to do. */
  Set<String> written() {
    Set<String> result = new TreeSet<>(written);
    written.clear();
    return result;
  }

  List<String> differences() {
    return check.compare().differences();
  }

  /** What is shown of an item in French; null when nothing is. */
  @Nullable JsonNode shown(String type, String id) throws IOException {
    try (Snapshot snapshot = acquire()) {
      Items.Found found = Items.find(snapshot, type, id, Language.FR);
      return found == null ? null : new ObjectMapper().readTree(found.body().toString());
    }
  }

  @Override
  public void close() throws IOException {
    index.close();
  }

  private final class Watched implements IndexedType {
    private final IndexedType type;

    Watched(IndexedType type) {
      this.type = type;
    }

    @Override
    public String type() {
      return type.type();
    }

    @Override
    public boolean isLabel() {
      return type.isLabel();
    }

    @Override
    public void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry) {
      if (item.id().equals(failure)) {
        throw new UncheckedIOException(new IOException("asked to fail at " + failure));
      }
      if (item.id().equals(spoiled)) {
        throw new IllegalArgumentException("asked to be spoiled");
      }
      written.add(Fields.key(item.type(), item.id()));
      type.index(item, document, labels, entry);
    }
  }
}
