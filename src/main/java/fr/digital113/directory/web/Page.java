package fr.digital113.directory.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of any list.
 *
 * @param data the items, in the order asked for
 * @param page where this page stands
 * @param facets the values of each facet asked for; null, and not in the answer, without any
 * @param revision the revision of the snapshot it was read from
 */
public record Page(
    List<?> data,
    Position page,
    @JsonInclude(Include.NON_NULL) @Nullable Map<String, List<?>> facets,
    long revision) {

  /**
   * @param limit the most items that a page has
   * @param total how many items match, exactly
   * @param next the next page's path; null on the last
   * @param prev the previous page's path; null on the first
   */
  public record Position(int limit, long total, @Nullable String next, @Nullable String prev) {}

  /** What a list was asked for beside its filters. */
  public record Asked(int limit, @Nullable String cursor) {
    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 20;

    /** Reads {@code limit} and {@code cursor}. */
    public static Asked of(QueryParameters parameters) {
      return new Asked(
          parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT), parameters.text("cursor"));
    }
  }
}
