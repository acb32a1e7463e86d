package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens any file that the team's tools write as a table. */
final class Tables {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

  private Tables() {}

  /**
   * Opens a file, xlsx or CSV, told apart by its first bytes.
   *
   * @param fileName what messages call the file
   * @throws UnreadableFileException with one clear reason, when no row of it can be read
   */
  static Table open(Path file, String fileName) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    if (start.length == 0) {
      throw new UnreadableFileException(
          new Text("Le fichier « %s » est vide.", "The file \"%s\" is empty.").with(fileName));
    }
    if (Arrays.equals(start, OLE2)) {
      throw new UnreadableFileException(
          new Text(
              "Ancien format Excel (.xls) ou classeur protégé : enregistrez le fichier en .xlsx ou"
                  + " .csv, sans mot de passe.",
              "Old Excel format (.xls) or protected workbook: save the file as .xlsx or .csv,"
                  + " without a password."));
    }
    Table table =
        Arrays.equals(start, ZIP)
            ? XlsxTable.open(file)
            : CsvTable.open(file, CsvFormat.detect(file));
    return new FirstRowAhead(table);
  }

  /**
   * The names of a header row, without the empty columns after the last one.
   *
   * @throws UnreadableFileException when one is missing or there twice
   */
  static List<String> header(List<@Nullable String> cells) {
    int width = cells.size();
    while (width > 0 && cells.get(width - 1) == null) {
      width--;
    }
    List<String> names = new ArrayList<>(width);
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < width; i++) {
      String name = cells.get(i);
      if (name == null) {
        throw new UnreadableFileException(
            new Text("La colonne %d n'a pas de nom.", "Column %d has no name.").with(i + 1));
      }
      Integer first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), i + 1);
      if (first != null) {
        throw new UnreadableFileException(
            new Text(
                    "La colonne « %s » est présente deux fois (%d et %d).",
                    "The column \"%s\" is there twice (%d and %d).")
                .with(name, first, i + 1));
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /** Reads one row ahead once, so that a file of a header alone is refused when it is opened. */
  private static final class FirstRowAhead implements Table {
    private final Table table;
    private boolean waiting = true;

    FirstRowAhead(Table table) throws IOException {
      this.table = table;
      boolean any = false;
      try {
        any = table.next();
      } finally {
        if (!any) {
          table.close();
        }
      }
      if (!any) {
        throw new UnreadableFileException(
            new Text(
                "Le fichier n'a aucune ligne sous son en-tête.",
                "The file has no row under its header."));
      }
    }

    @Override
    public List<String> header() {
      return table.header();
    }

    @Override
    public boolean next() throws IOException {
      if (waiting) {
        waiting = false;
        return true;
      }
      return table.next();
    }

    @Override
    public long line() {
      return table.line();
    }

    @Override
    public @Nullable String cell(int column) {
      return table.cell(column);
    }

    @Override
    public @Nullable Unreadable unreadable() {
      return table.unreadable();
    }

    @Override
    public int width() {
      return table.width();
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }
}
