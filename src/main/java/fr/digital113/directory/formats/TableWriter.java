package fr.digital113.directory.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Items as rows of CSV or xlsx. */
final class TableWriter implements ItemWriter {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Column> columns;
  private final Sheets.Sheet sheet;

  TableWriter(Shape shape, OutputStream out, long revision) throws IOException {
    this.columns =
        Stream.concat(
                shape.layout().columns().stream()
                    .filter(
                        each -> shape.fields().isEmpty() || shape.fields().contains(each.member())),
                Attribution.columns(shape.layout()).stream())
            .toList();
    this.sheet =
        shape.format() == Format.CSV
            ? new Sheets.CsvSheet(out, shape.isExcel())
            : new Sheets.XlsxSheet(
                out,
                shape.layout().name(),
                columns.stream().map(each -> each.kind() == Column.Kind.TEXT).toList(),
                notes(shape, columns, revision));
    sheet.row(columns.stream().map(Column::name).toList());
  }

  @Override
  public void item(RawJson item) throws IOException {
    JsonNode json = MAPPER.readTree(item.utf8());
    List<@Nullable Object> cells = new ArrayList<>(columns.size());
    for (Column column : columns) {
      cells.add(column.cell().apply(json));
    }
    sheet.row(cells);
  }

  @Override
  public void end() throws IOException {
    sheet.end();
  }

  private static Sheets.XlsxSheet.Notes notes(Shape shape, List<Column> columns, long revision) {
    Language language = shape.language();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(shape.layout().title().in(language)));
    rows.add(note("Source", "Source", language, shape.layout().source()));
    rows.add(note("Date d'extraction", "Date of extraction", language, shape.date().toString()));
    rows.add(note("Révision", "Revision", language, Long.toString(revision)));
    rows.add(note("Licence", "Licence", language, Credits.LICENCE + ", " + Credits.LICENCE_URL));
    rows.add(note("Requête", "Request", language, shape.request()));
    rows.add(List.of());
    rows.add(note("Colonne", "Column", language, new Text("Contenu", "Content").in(language)));
    columns.forEach(each -> rows.add(List.of(each.name(), each.meaning().in(language))));
    return new Sheets.XlsxSheet.Notes("Sources", rows);
  }

  private static List<String> note(String fr, String en, Language language, String value) {
    return List.of(new Text(fr, en).in(language), value);
  }
}
