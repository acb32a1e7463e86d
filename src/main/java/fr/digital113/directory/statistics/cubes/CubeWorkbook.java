package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.formats.Sheets.Sheet;
import fr.digital113.directory.formats.Sheets.XlsxSheet.Notes;
import fr.digital113.directory.formats.XlsxFile;
import fr.digital113.directory.statistics.cubes.Cube.About;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cubes as an xlsx: a sheet for each, with a row for each combination and a column for each measure
 * (numbers are numbers, a withheld figure reads {@code c}), then a sheet of sources, footnotes and
 * what the columns hold. The same cubes are the same bytes, whenever they are written.
 */
public final class CubeWorkbook {
  private CubeWorkbook() {}

  /**
   * @param cubes at least one, in the order of their sheets
   */
  public static byte[] of(List<Cube> cubes, Language language) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      XlsxFile file = new XlsxFile(out);
      for (Cube cube : cubes) {
        CubeTables tables = new CubeTables(cube, language);
        Sheet sheet = file.table(cubes.size() == 1 ? cube.name() : tableName(cube), tables.texts());
        tables.wide(sheet);
        sheet.end();
      }
      file.end(notes(cubes, file.names(), language));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    OffsetDateTime newest =
        cubes.stream()
            .map(each -> moment(each.about()))
            .max(Comparator.comparing(OffsetDateTime::toInstant))
            .orElseThrow();
    return SameBytes.of(out.toByteArray(), newest.toInstant());
  }

  /** Several cubes are of one dataset: what tells them apart is what they are broken down by. */
  private static String tableName(Cube cube) {
    return cube.dimensions().isEmpty()
        ? "total"
        : cube.dimensions().stream().map(Cube.Dimension::id).collect(Collectors.joining(" x "));
  }

  private static OffsetDateTime moment(About about) {
    return about.updated() == null
        ? LocalDate.parse(about.asOf()).atStartOfDay().atOffset(ZoneOffset.UTC)
        : OffsetDateTime.parse(about.updated());
  }

  private static Notes notes(List<Cube> cubes, List<String> sheets, Language language) {
    Lines lines = new Lines(language);
    for (int i = 0; i < cubes.size(); i++) {
      Cube cube = cubes.get(i);
      lines.add(new Text("Feuille", "Sheet"), sheets.get(i));
      lines.add(new Text("Titre", "Title"), cube.label().in(language));
      about(cube.about(), lines);
      lines.add(new Text("Colonne", "Column"), new Text("Contenu", "Content").in(language));
      cube.dimensions()
          .forEach(
              each -> {
                String label = each.label().in(language);
                lines.add(each.id(), new Text("Code : ", "Code: ").in(language) + label);
                lines.add(label, new Text("Libellé", "Label").in(language));
              });
      cube.measures()
          .forEach(
              each ->
                  lines.add(
                      CubeTables.name(each, language),
                      new Text("Indicateur : ", "Measure: ").in(language) + each.id()));
      lines.end();
    }
    lines.add(new Text("Signe", "Sign"), new Text("Signification", "Meaning").in(language));
    for (String status : List.of(Cell.CONFIDENTIAL, Cell.MISSING)) {
      lines.add(status, Figures.meaning(status).in(language));
    }
    return new Notes("Sources", lines.rows);
  }

  private static void about(About about, Lines lines) {
    lines.add(new Text("Source", "Source"), about.source());
    lines.add(new Text("Date des données", "Day of the data"), about.asOf());
    lines.add(new Text("Mise à jour", "Updated"), about.updated());
    lines.add(new Text("Licence", "Licence"), Credits.LICENCE + ", " + Credits.LICENCE_URL);
    Text citation = about.citation();
    lines.add(
        new Text("Citation", "Citation"), citation == null ? null : citation.in(lines.language));
    lines.add(new Text("Adresse", "Address"), about.href());
    about.notes().forEach(each -> lines.add(new Text("Note", "Note"), each.in(lines.language)));
  }

  private static final class Lines {
    private final Language language;
    private final List<List<String>> rows = new ArrayList<>();

    Lines(Language language) {
      this.language = language;
    }

    void add(Text name, @Nullable String value) {
      if (value != null) {
        add(name.in(language), value);
      }
    }

    void add(String name, String value) {
      rows.add(List.of(name, value));
    }

    void end() {
      rows.add(List.of());
    }
  }
}
