package fr.digital113.directory.statistics;

import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that every dataset has; mistakes are collected. */
final class Asked {
  static final String BY = "by";
  static final String MEASURE = "measure";
  static final String AS_OF = "asOf";

  private Asked() {}

  /**
   * What to break down by, in the order given.
   *
   * @param most how many at once
   */
  static List<Breakdown> by(QueryParameters parameters, Collection<Breakdown> valid, int most) {
    List<Breakdown> by =
        named(parameters, BY, valid.stream().map(Breakdown::id).toList(), Breakdown::of);
    if (by.size() > most) {
      parameters.error(
          BY,
          "too_many_values",
          new Text("Au plus %d à la fois.", "At most %d at once.").with(most));
      return by.subList(0, most);
    }
    return by;
  }

  /** What to measure, in the order given; all that are usual when nothing is. */
  static <T> List<T> measures(
      QueryParameters parameters, List<String> valid, Function<String, T> of, List<T> usual) {
    List<T> measures = named(parameters, MEASURE, valid, of);
    return measures.isEmpty() ? usual : measures;
  }

  private static <T> List<T> named(
      QueryParameters parameters, String name, List<String> valid, Function<String, T> of) {
    List<T> values = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String each : parameters.inOrder(name, valid)) {
      if (!seen.add(each)) {
        parameters.error(
            name,
            "repeated_value",
            new Text("« %s » est donné deux fois.", "\"%s\" is given twice.").with(each));
      } else {
        values.add(of.apply(each));
      }
    }
    return values;
  }

  /** The day that figures shall be of; null for now. A day to come is a mistake. */
  static @Nullable LocalDate asOf(QueryParameters parameters, LocalDate today) {
    return parameters.pastDay(AS_OF, today);
  }
}
