package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.changes.ChangeFeed;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Visibility;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.IndexReader;

/** Compares the index with the tables, item by item: what "the index equals the database" means. */
@Singleton
public class IndexCheck {
  private final ChangeFeed feed;
  private final FollowedIndex index;
  private final ObjectMapper mapper;

  @Inject
  IndexCheck(ChangeFeed feed, DirectoryIndex index, ObjectMapper mapper) {
    this(feed, index.of(Visibility.PUBLIC), mapper);
  }

  IndexCheck(ChangeFeed feed, FollowedIndex index, ObjectMapper mapper) {
    this.feed = feed;
    this.index = index;
    this.mapper = mapper;
  }

  /**
   * @param revision the revision that both were compared at
   * @param items how many items were compared
   * @param differences what differs, one line each; empty when the index equals the database
   */
  public record Report(long revision, long items, List<String> differences) {}

  /** Compares both at the newest revision. */
  public Report compare() {
    List<String> differences = new ArrayList<>();
    long[] items = {0};
    // Before the feed is read: within it the index would read the same moment of the log again.
    index.catchUp();
    try (Snapshot snapshot = Objects.requireNonNull(index.current().acquire())) {
      feed.read(
          index.side(),
          view -> {
            if (snapshot.appliedRevision() == view.head().revision()) {
              items[0] = compare(view, snapshot.reader(), differences);
            } else {
              differences.add("written to during the comparison: compare again");
            }
          });
      return new Report(snapshot.appliedRevision(), items[0], differences);
    }
  }

  private long compare(ChangeFeed.View view, IndexReader reader, List<String> differences) {
    StoredItems stored = new StoredItems(reader, mapper);
    long[] items = {0};
    view.content(
        index.types(),
        (type, id, document) -> {
          FeedItem item = stored.find(Fields.key(type, id));
          JsonNode indexed = item == null ? null : item.document();
          if (document != null) {
            items[0]++;
          }
          if (item != null && !index.isRenderedAsOfNow(item, stored)) {
            differences.add(
                "%s %s: its representation shows texts of the past".formatted(type, id));
          }
          if (document == null ? indexed != null : !document.equals(indexed)) {
            differences.add("%s %s: database %s, index %s".formatted(type, id, document, indexed));
          }
        });
    if (reader.numDocs() != items[0]) {
      differences.add(
          "the index holds %d items, the database %d".formatted(reader.numDocs(), items[0]));
    }
    return items[0];
  }
}
