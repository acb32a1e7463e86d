package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.RejectedRowException;
import fr.digital113.directory.imports.Table;
import fr.digital113.directory.imports.UnreadableFileException;
import fr.digital113.directory.values.CellText;
import fr.digital113.directory.web.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a file by the names of its columns. Insee inserts columns in the middle and
 * the API orders them otherwise, so positions say nothing.
 */
final class Cells {

  /** What stands where Insee masks a value. */
  private static final String MASKED = "[ND]";

  private final Table table;
  private final Map<String, Integer> positions = new HashMap<>();

  Cells(Table table) {
    this.table = table;
    List<String> header = table.header();
    for (int i = 0; i < header.size(); i++) {
      positions.putIfAbsent(header.get(i), i);
    }
  }

  /** Throws {@link UnreadableFileException} naming every required column that is missing. */
  static void require(List<String> required, List<String> header) {
    List<String> missing = required.stream().filter(column -> !header.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new UnreadableFileException(
          new Text(
                  "Colonnes absentes de ce fichier Sirene : %s",
                  "Columns missing from this Sirene file: %s")
              .with(String.join(", ", missing)));
    }
  }

  /**
   * Refuses a row with a cell too many, since cells that slipped aside could pass a name of a
   * person for something else, or with one that cannot be read.
   */
  void requireSoundRow() throws RejectedRowException {
    Table.Unreadable unreadable = table.unreadable();
    if (unreadable != null) {
      List<String> header = table.header();
      int column = unreadable.column();
      throw unreadable.rejection(column < header.size() ? header.get(column) : null);
    }
    if (table.width() > table.header().size()) {
      throw RejectedRowException.extraCell();
    }
  }

  /** The cleaned cell; null when it is empty or the file has no such column. */
  @Nullable String get(String column) {
    Integer position = positions.get(column);
    String cell = position == null ? null : table.cell(position);
    return cell == null ? null : CellText.line(cell);
  }

  boolean hasAny(List<String> columns) {
    return columns.stream().anyMatch(column -> get(column) != null);
  }

  boolean isMaskedInAny(List<String> columns) {
    return columns.stream().anyMatch(column -> MASKED.equals(get(column)));
  }
}
