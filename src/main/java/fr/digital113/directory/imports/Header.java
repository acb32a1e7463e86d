package fr.digital113.directory.imports;

import fr.digital113.directory.web.Slugs;
import fr.digital113.directory.web.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file holds what, whatever the case, accents, spaces or underscores of its name.
 */
final class Header {
  private final Map<Column, Integer> positions;
  private final Set<String> names;

  private Header(Map<Column, Integer> positions) {
    this.positions = positions;
    this.names =
        positions.keySet().stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @throws UnreadableFileException when a name is none of {@code known}, or two mean the same
   */
  static Header of(List<String> header, List<Column> known) {
    Map<String, Column> byName = new HashMap<>();
    for (Column column : known) {
      byName.put(key(column.name()), column);
      column.aliases().forEach(alias -> byName.put(key(alias), column));
    }
    Map<Column, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      Column column = byName.get(key(header.get(i)));
      if (column == null) {
        throw new UnreadableFileException(
            new Text(
                    "Colonne inconnue « %s ». Colonnes possibles : %s. En français : %s.",
                    "Unknown column \"%s\". Valid columns: %s. In French: %s.")
                .with(
                    header.get(i),
                    known.stream().map(Column::name).collect(Collectors.joining(", ")),
                    known.stream()
                        .flatMap(valid -> valid.aliases().stream())
                        .collect(Collectors.joining(", "))));
      }
      Integer first = positions.putIfAbsent(column, i);
      if (first != null) {
        throw new UnreadableFileException(
            new Text(
                    "Les colonnes « %s » et « %s » désignent toutes deux %s.",
                    "The columns \"%s\" and \"%s\" both mean %s.")
                .with(header.get(first), header.get(i), column.name()));
      }
    }
    return new Header(positions);
  }

  /** Refuses a file that has some of {@code together} without the others. */
  void requireTogether(String... together) {
    List<String> missing = List.of(together).stream().filter(name -> !has(name)).toList();
    if (!missing.isEmpty() && missing.size() < together.length) {
      throw new UnreadableFileException(
          new Text(
                  "Les colonnes %s vont ensemble ; il manque %s.",
                  "The columns %s go together; %s is missing.")
              .with(String.join(", ", together), String.join(", ", missing)));
    }
  }

  /** Refuses a file without any of {@code names}. */
  void requireOneOf(String... wanted) {
    if (List.of(wanted).stream().noneMatch(this::has)) {
      throw new UnreadableFileException(
          new Text(
                  "Il faut au moins une des colonnes %s.",
                  "At least one of the columns %s is needed.")
              .with(String.join(", ", wanted)));
    }
  }

  boolean has(String name) {
    return names.contains(name);
  }

  int width() {
    return positions.size();
  }

  /** The column of that name with its position; null when the file does not have it. */
  Map.@Nullable Entry<Column, Integer> find(String name) {
    for (Map.Entry<Column, Integer> entry : positions.entrySet()) {
      if (entry.getKey().name().equals(name)) {
        return entry;
      }
    }
    return null;
  }

  /** What the API calls the column at a position from 0; null beyond the last one. */
  @Nullable String nameAt(int position) {
    for (Map.Entry<Column, Integer> entry : positions.entrySet()) {
      if (entry.getValue() == position) {
        return entry.getKey().name();
      }
    }
    return null;
  }

  private static String key(String name) {
    return Slugs.of(name).replace("-", "");
  }
}
