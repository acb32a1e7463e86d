package fr.digital113.directory.sync;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Place;
import fr.digital113.directory.changes.PublicChanges;
import fr.digital113.directory.changes.PublicChanges.Change;
import fr.digital113.directory.index.Following;
import fr.digital113.directory.index.Snapshot;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What changed for a copy. The log says which items changed, in commit order; the index says which
 * of them the filter finds today, and which it found before.
 */
@Singleton
class Deltas {
  /** Changes of others are passed over by the thousand, but not without end in one request. */
  private static final int MOST_READ = 4_000;

  private static final int BATCH = 500;

  private final Following following;

  Deltas(Following following) {
    this.following = following;
  }

  /**
   * Whether items may match today that did not before, or be somewhere else, without a change of
   * their own: because of places, or of names that a text is looked for in. Such a copy must begin
   * again.
   */
  static boolean hasMoved(
      PublicChanges.View view, SyncFilter filter, long since, Snapshot snapshot) {
    if (!filter.types().contains(SyncFilter.COMPANY)) {
      return false;
    }
    long upTo = snapshot.appliedRevision();
    Set<String> places =
        filter.searches()
            ? Set.of("latitude", "longitude", "within", "name", "postalCodes", "level")
            : Set.of("latitude", "longitude", "within");
    return view.moved("territory", places, since, upTo)
        || filter.searches()
            && (view.moved("sector", Set.of("label"), since, upTo)
                || view.moved("factory", Set.of("name"), since, upTo));
  }

  /**
   * The next steps of a copy.
   *
   * @param base the revision that the copy was complete at
   * @param from up to where the feed was read already
   * @param snapshot of the newest revision to look at
   */
  Steps after(
      PublicChanges.View view,
      SyncFilter filter,
      long base,
      Place from,
      Snapshot snapshot,
      int limit) {
    long upTo = snapshot.appliedRevision();
    List<SyncChange> steps = new ArrayList<>();
    Place place = from;
    for (int read = 0; read < MOST_READ; ) {
      List<Change> changes = view.after(place, upTo, filter.types(), BATCH);
      Matches matches = matches(view, filter, base, snapshot, changes);
      for (Change change : changes) {
        if (steps.size() == limit) {
          return new Steps(steps, place, false);
        }
        SyncChange step = step(change, snapshot, matches);
        if (step != null) {
          steps.add(step);
        }
        place = change.place();
      }
      if (changes.size() < BATCH) {
        return new Steps(steps, Place.behind(upTo), true);
      }
      read += changes.size();
    }
    return new Steps(steps, place, false);
  }

  /**
   * Which of the changed companies the filter finds.
   *
   * @param before those that it does not find any more
   */
  private record Matches(Set<String> now, Set<String> before) {}

  private Matches matches(
      PublicChanges.View view,
      SyncFilter filter,
      long base,
      Snapshot snapshot,
      List<Change> changes) {
    Set<String> companies =
        changes.stream()
            .map(Change::item)
            .filter(item -> item.type().equals(SyncFilter.COMPANY))
            .map(FeedItem::id)
            .collect(Collectors.toSet());
    Set<String> now = following.found(snapshot, filter.companies(), SyncFilter.COMPANY, companies);
    companies.removeAll(now);
    List<FeedItem> states =
        companies.isEmpty()
            ? List.of()
            : view.statesSince(base, snapshot.appliedRevision(), SyncFilter.COMPANY, companies);
    return new Matches(now, following.wouldFind(snapshot, filter.companies(), states));
  }

  private @Nullable SyncChange step(Change change, Snapshot snapshot, Matches matches) {
    FeedItem item = change.item();
    JsonNode document = item.document();
    boolean filtered = item.type().equals(SyncFilter.COMPANY);
    if (document != null && (!filtered || matches.now().contains(item.id()))) {
      return put(item, document, snapshot);
    }
    if (filtered && !matches.before().contains(item.id())) {
      return null; // it was never there
    }
    String reason = document != null ? "left_filter" : change.deleted() ? "deleted" : "unpublished";
    return SyncChange.removed(item, reason);
  }

  SyncChange put(FeedItem item, JsonNode document, Snapshot snapshot) {
    return new SyncChange(
        item.type(),
        item.id(),
        item.revision(),
        item.updatedAt(),
        following.data(item, document, snapshot.labels()),
        null);
  }
}
