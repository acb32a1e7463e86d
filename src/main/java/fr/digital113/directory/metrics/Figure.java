package fr.digital113.directory.metrics;

import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a gauge.
 *
 * @param name with dots, such as {@code directory.import.jobs}
 * @param unit such as {@code seconds}, which ends the name in a scrape; null when it has none
 * @param tags of few values, none of which names a person
 */
public record Figure(
    String name, @Nullable String unit, String description, Tags tags, double value) {

  /** A figure without a unit. */
  public static Figure count(String name, String description, Tags tags, long value) {
    return new Figure(name, null, description, tags, (double) value);
  }

  /** A time. */
  public static Figure seconds(String name, String description, Tags tags, double value) {
    return new Figure(name, "seconds", description, tags, value);
  }

  Figure unknown() {
    return new Figure(name, unit, description, tags, Double.NaN);
  }
}
