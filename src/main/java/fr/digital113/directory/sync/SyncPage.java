package fr.digital113.directory.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of changes.
 *
 * @param delta where to ask next time, on the last page
 * @param revision that the page was read at
 */
record SyncPage(
    List<SyncChange> data,
    Position page,
    @JsonInclude(Include.NON_NULL) @Nullable String delta,
    long revision) {

  /**
   * @param limit the most changes that a page has
   * @param next the next page's path; null on the last
   */
  record Position(int limit, @Nullable String next) {}
}
