package fr.digital113.directory.imports;

import fr.digital113.directory.formats.Sheets;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Files to fill, and files that import again unchanged. */
@Path("/v1/imports")
class ImportFileResource {
  private static final List<Format> FORMATS = List.of(Format.CSV, Format.XLSX);

  private final ImportKinds kinds;
  private final Jdbi jdbi;
  private final Exchange exchange;

  ImportFileResource(ImportKinds kinds, Jdbi jdbi, Exchange exchange) {
    this.kinds = kinds;
    this.jdbi = jdbi;
    this.exchange = exchange;
  }

  private interface Content {
    void writeTo(Sheets.Sheet sheet);
  }

  @GET
  @Path("templates/{kind}")
  @Produces(MediaType.WILDCARD)
  public Response template(@PathParam("kind") String kind) {
    return file(kinds.own(kind), "template", sheet -> {});
  }

  @GET
  @Path("exports/{kind}")
  @Produces(MediaType.WILDCARD)
  public Response export(@PathParam("kind") String kind) {
    OwnFileKind own = kinds.own(kind);
    return file(own, "export", sheet -> writeRows(own, sheet));
  }

  private Response file(OwnFileKind kind, String what, Content content) {
    QueryParameters parameters = exchange.parameters();
    Format format = exchange.format(parameters, FORMATS);
    boolean excel = "excel".equals(parameters.one("dialect", List.of("excel")));
    parameters.check();
    Language language = exchange.language();
    return exchange.unsharedFile(
        format,
        "%s-%s.%s".formatted(kind.name(), what, format.parameter()),
        out -> {
          Sheets.Sheet sheet = sheet(kind, out, format, excel, language);
          sheet.row(new ArrayList<>(kind.columns().stream().map(Column::name).toList()));
          content.writeTo(sheet);
          sheet.end();
        });
  }

  private static Sheets.Sheet sheet(
      OwnFileKind kind, OutputStream out, Format format, boolean excel, Language language)
      throws IOException {
    if (format == Format.CSV) {
      return new Sheets.CsvSheet(out, excel);
    }
    List<Column> columns = kind.columns();
    return new Sheets.XlsxSheet(
        out,
        kind.name(),
        Collections.nCopies(columns.size(), true),
        new Sheets.XlsxSheet.Notes(
            new Text("Colonnes", "Columns").in(language),
            columns.stream()
                .map(
                    each ->
                        List.of(
                            each.name(),
                            each.meaning().in(language),
                            String.join(", ", each.aliases())))
                .toList()));
  }

  private void writeRows(OwnFileKind kind, Sheets.Sheet sheet) {
    int width = kind.columns().size();
    jdbi.useTransaction(
        database ->
            database
                .createQuery(kind.exportQuery())
                .setFetchSize(1_000)
                .map(
                    (row, context) -> {
                      List<@Nullable String> cells = new ArrayList<>(width);
                      for (int i = 1; i <= width; i++) {
                        cells.add(row.getString(i));
                      }
                      return cells;
                    })
                .forEach(sheet::row));
  }
}
