package fr.digital113.directory.imports.sirene;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The line of an address: number, repetition, type of street, name. */
final class StreetAddress {

  // Insee writes full words since 2023, these before; spelled as Insee spells the full words.
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("ALL", "ALLEE"),
          Map.entry("AV", "AVENUE"),
          Map.entry("BD", "BOULEVARD"),
          Map.entry("CAR", "CARREFOUR"),
          Map.entry("CHE", "CHEMIN"),
          Map.entry("CHS", "CHAUSSEE"),
          Map.entry("COR", "CORNICHE"),
          Map.entry("CRS", "COURS"),
          Map.entry("DOM", "DOMAINE"),
          Map.entry("ESP", "ESPLANADE"),
          Map.entry("FG", "FAUBOURG"),
          Map.entry("GR", "GRANDE RUE"),
          Map.entry("HAM", "HAMEAU"),
          Map.entry("IMP", "IMPASSE"),
          Map.entry("LD", "LIEU-DIT"),
          Map.entry("LOT", "LOTISSEMENT"),
          Map.entry("MTE", "MONTEE"),
          Map.entry("PAS", "PASSAGE"),
          Map.entry("PL", "PLACE"),
          Map.entry("PRO", "PROMENADE"),
          Map.entry("PRV", "PARVIS"),
          Map.entry("QUA", "QUARTIER"),
          Map.entry("RES", "RESIDENCE"),
          Map.entry("RLE", "RUELLE"),
          Map.entry("ROC", "ROCADE"),
          Map.entry("RPT", "ROND-POINT"),
          Map.entry("RTE", "ROUTE"),
          Map.entry("SQ", "SQUARE"),
          Map.entry("TRA", "TRAVERSE"),
          Map.entry("VLA", "VILLA"),
          Map.entry("VLGE", "VILLAGE"));

  private StreetAddress() {}

  /** Null when every part is. */
  static @Nullable String of(
      @Nullable String number,
      @Nullable String repetition,
      @Nullable String type,
      @Nullable String name) {
    String word = type == null ? null : TYPES.getOrDefault(type.toUpperCase(Locale.ROOT), type);
    String line =
        Stream.of(number, repetition, word, name)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "))
            .replace('’', '\'');
    return line.isEmpty() ? null : line;
  }
}
