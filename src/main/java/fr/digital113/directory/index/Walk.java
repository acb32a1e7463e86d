package fr.digital113.directory.index;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How somebody walks over the pages of one list, be it searched or computed: its cursors.
 *
 * @param fingerprint binds cursors to the list, its filters, its order and the epoch
 * @param types of the sort keys of its items
 */
record Walk(long fingerprint, List<KeyType> types) {

  static Walk of(Snapshot snapshot, String binding, String order, List<KeyType> types) {
    byte[] all =
        String.join("\n", snapshot.sequence(), binding, order).getBytes(StandardCharsets.UTF_8);
    return new Walk(ByteBuffer.wrap(Sha256.of(all)).getLong(), types);
  }

  /**
   * Where a page begins; null for the first.
   *
   * @throws ProblemException when the text is no cursor of this walk
   */
  @Nullable Cursor at(@Nullable String text) {
    return text == null ? null : Cursor.decode(text, fingerprint, types);
  }

  /**
   * What is on a page.
   *
   * @param keys the sort keys of each item, in the order of the list
   * @param more whether there are more beyond it, in the direction of the cursor
   * @param cursor where it was read at
   */
  record Stop(List<List<@Nullable Object>> keys, boolean more, @Nullable Cursor cursor) {
    private boolean isBackwards() {
      return cursor != null && cursor.backwards();
    }
  }

  /** The cursor of the page after a page; null on the last. */
  @Nullable String next(Stop page) {
    return page.isBackwards() || page.more() ? edge(page, false) : null;
  }

  /** The cursor of the page before a page; null on the first. */
  @Nullable String prev(Stop page) {
    return page.cursor() != null && (!page.isBackwards() || page.more()) ? edge(page, true) : null;
  }

  /**
   * The cursor beyond the last item, or before the first; at the given cursor itself when the page
   * is empty.
   */
  private @Nullable String edge(Stop page, boolean backwards) {
    List<List<@Nullable Object>> keys = page.keys();
    if (!keys.isEmpty()) {
      return new Cursor(fingerprint, backwards, keys.get(backwards ? 0 : keys.size() - 1))
          .encode(types);
    }
    Cursor cursor = page.cursor();
    return cursor == null ? null : new Cursor(fingerprint, backwards, cursor.keys()).encode(types);
  }
}
