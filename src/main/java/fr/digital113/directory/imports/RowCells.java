package fr.digital113.directory.imports;

import fr.digital113.directory.formats.Formulas;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.CellText;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cells of the current row by the name of their column, and what was mended in them. */
final class RowCells {

  /** What Excel leaves in a cell when a formula failed. */
  private static final Set<String> FORMULA_ERRORS =
      Set.of(
          "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALEUR!", "#NOM?");

  private record Repair(String column, String cell, String mended) {}

  private final Table table;
  private final Header header;
  private final Map<String, Map.Entry<Column, Integer>> columns = new HashMap<>();
  private final List<Repair> repairs = new ArrayList<>();

  RowCells(Table table, List<Column> known) {
    this.table = table;
    this.header = Header.of(table.header(), known);
    for (Column column : known) {
      Map.Entry<Column, Integer> found = header.find(column.name());
      if (found != null) {
        columns.put(column.name(), found);
      }
    }
  }

  /** Starts on a new row. */
  void begin() throws RejectedRowException {
    repairs.clear();
    Table.Unreadable unreadable = table.unreadable();
    if (unreadable != null) {
      throw unreadable.rejection(header.nameAt(unreadable.column()));
    }
    if (table.width() > header.width()) {
      for (int i = header.width(); i < table.width(); i++) {
        if (table.cell(i) != null) {
          throw RejectedRowException.extraCell();
        }
      }
    }
  }

  Header header() {
    return header;
  }

  /** The parsed cell; null when the column is absent or the cell empty. */
  <T> @Nullable T get(String name, Parser<T> parser) throws RejectedRowException {
    Map.Entry<Column, Integer> column = columns.get(name);
    String cell = column == null ? null : table.cell(column.getValue());
    if (column == null || cell == null) {
      return null;
    }
    try {
      if (cell.length() > CellText.LONGEST) {
        throw new BadValueException(
            "too_long", "Plus de 32 767 caractères.", "More than 32,767 characters.");
      }
      if (FORMULA_ERRORS.contains(cell)) {
        throw new BadValueException(
            "formula_error", "La formule de la cellule a échoué.", "The cell's formula failed.");
      }
      return parser.parse(Formulas.original(cell));
    } catch (BadValueException bad) {
      throw reject(column.getKey(), cell, bad);
    }
  }

  /** Like {@link #get}, and notes when the value is not what the cell says. */
  @Nullable String mended(String name, Parser<String> parser) throws RejectedRowException {
    return get(
        name,
        cell -> {
          String value = parser.parse(cell);
          if (!value.equals(cell)) {
            repairs.add(new Repair(name, cell, value));
          }
          return value;
        });
  }

  /** Refuses the row when the column is there with an empty cell. */
  void requireFilled(String name, @Nullable Object value) throws RejectedRowException {
    if (value == null && header.has(name)) {
      throw missing(name);
    }
  }

  static RejectedRowException missing(String name) {
    return new RejectedRowException(
        name,
        null,
        "required",
        new Text("La colonne %s doit être remplie.", "The column %s must be filled.").with(name));
  }

  /** Reports the repairs of a row that is kept. */
  void reportRepairs(RowReport report) {
    for (Repair repair : repairs) {
      report.repaired(table.line(), repair.column(), repair.cell(), repair.mended());
    }
  }

  private static RejectedRowException reject(Column column, String cell, BadValueException bad) {
    String shown =
        column.secret() ? null : cell.length() > 200 ? cell.substring(0, 200) + "…" : cell;
    return new RejectedRowException(column.name(), shown, bad.code(), bad.reason());
  }
}
