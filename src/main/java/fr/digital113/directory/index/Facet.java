package fr.digital113.directory.index;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A facet of a list: how many items have each value, under all filters except the facet's own, so
 * that alternatives to what is selected stay visible.
 *
 * @param name in the answer, and of the values that {@link IndexEntry#facet} indexed
 * @param filter the name of the filter that is left out, set or not
 * @param selected values that are kept even when no item has them
 * @param view what the answer shows of the values; they come the most frequent first
 */
public record Facet(
    String name, String filter, Set<String> selected, Function<List<Count>, List<?>> view) {

  /** How many items have a value. */
  public record Count(String value, long items, boolean selected) {}
}
