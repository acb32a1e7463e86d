package fr.digital113.directory.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of a data set.
 *
 * @param table the temporary table that its rows are staged in, all columns as text
 * @param columns the columns that must be there; the order is free and others are let through
 * @param optional whether another folder may leave it out, as nobody publishes it
 * @param slugOf the column whose slug is staged as one more column, {@code slug}
 */
record SourceFile(
    String name, String table, List<String> columns, boolean optional, @Nullable String slugOf) {

  static SourceFile required(String name, String table, String... columns) {
    return new SourceFile(name, table, List.of(columns), false, null);
  }

  static SourceFile optional(String name, String table, String... columns) {
    return new SourceFile(name, table, List.of(columns), true, null);
  }

  SourceFile withSlugOf(String column) {
    return new SourceFile(name, table, columns, optional, column);
  }
}
