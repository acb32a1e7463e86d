package fr.digital113.directory.index;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Version;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A list whose items are computed from a snapshot, as occurrences are from series: to the caller
 * the same as a {@link Listing}.
 *
 * @param binding names the list and its filters; cursors are bound to it
 * @param items computes all of them, in the order of their places
 * @param place where an item stands, which is the same as long as the item is
 * @param view shows an item; of those on a page only
 */
public record ComputedListing<T>(
    String binding, Supplier<List<T>> items, Function<T, Place> place, Function<T, RawJson> view) {
  private static final String ORDER = "moment,_id,part";
  private static final List<KeyType> TYPES = List.of(KeyType.NUMBER, KeyType.TEXT, KeyType.TEXT);

  /**
   * The place of an item: by a moment, then the id of what it is of, then which part it is.
   *
   * @param moment in seconds of the epoch
   */
  public record Place(long moment, String id, String part) implements Comparable<Place> {
    private List<@Nullable Object> keys() {
      return Arrays.asList(moment, new BytesRef(id), new BytesRef(part));
    }

    private static Place of(Cursor cursor) {
      List<@Nullable Object> keys = cursor.keys();
      return new Place(key(keys.get(0), Long.class), text(keys.get(1)), text(keys.get(2)));
    }

    private static String text(@Nullable Object key) {
      return key(key, BytesRef.class).utf8ToString();
    }

    private static <K> K key(@Nullable Object key, Class<K> type) {
      if (key == null) {
        throw new IllegalStateException("a place without a key");
      }
      return type.cast(key);
    }

    @Override
    public int compareTo(Place other) {
      int moments = Long.compare(moment, other.moment);
      int ids = moments != 0 ? moments : id.compareTo(other.id);
      return ids != 0 ? ids : part.compareTo(other.part);
    }
  }

  /**
   * Answers what a request asked for: a page with the links to its neighbours, or the whole list.
   *
   * @param version of the answer: another one than the snapshot's when the clock decides as well
   */
  public Response respond(
      Exchange exchange, Snapshot snapshot, Version version, Page.Asked asked, Shape shape) {
    Walk walk = Walk.of(snapshot, binding, ORDER, TYPES);
    Cursor cursor = walk.at(asked.cursor());
    if (shape.isWhole()) {
      return exchange.whole(
          version,
          shape.representation(),
          shape.fileName(snapshot.revision()),
          () -> ComputedFile.of(items.get(), view, shape, snapshot.revision()));
    }
    return exchange.list(
        version,
        shape.representation(),
        () -> page(exchange, snapshot, asked.limit(), walk, cursor),
        shape::page);
  }

  private Page page(
      Exchange exchange, Snapshot snapshot, int limit, Walk walk, @Nullable Cursor cursor) {
    List<T> all = items.get();
    int from;
    int to;
    boolean more;
    if (cursor != null && cursor.backwards()) {
      to = beyond(all, cursor, true);
      from = Math.max(0, to - limit);
      more = from > 0;
    } else {
      from = cursor == null ? 0 : beyond(all, cursor, false);
      to = Math.min(all.size(), from + limit);
      more = to < all.size();
    }
    List<T> shown = all.subList(from, to);
    Walk.Stop stop =
        new Walk.Stop(shown.stream().map(each -> place.apply(each).keys()).toList(), more, cursor);
    String next = walk.next(stop);
    String prev = walk.prev(stop);
    return new Page(
        shown.stream().map(view).toList(),
        new Page.Position(
            limit,
            all.size(),
            next == null ? null : exchange.withCursor(next),
            prev == null ? null : exchange.withCursor(prev)),
        null,
        snapshot.revision());
  }

  /** How many items are before a cursor's place; its own item only counts forwards. */
  private int beyond(List<T> all, Cursor cursor, boolean backwards) {
    Place sought = Place.of(cursor);
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = place.apply(all.get(middle)).compareTo(sought);
      if (order < 0 || order == 0 && !backwards) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
