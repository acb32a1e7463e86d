package fr.digital113.directory.imports;

import fr.digital113.directory.access.AdminOnly;
import fr.digital113.directory.web.Language;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Files to fill, and files that import again unchanged. */
@Path("/v1/imports")
@AdminOnly
class ImportFileResource {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final List<String> FORMATS = List.of("csv", "xlsx");

  private final ImportKinds kinds;
  private final Jdbi jdbi;

  ImportFileResource(ImportKinds kinds, Jdbi jdbi) {
    this.kinds = kinds;
    this.jdbi = jdbi;
  }

  private interface Content {
    void writeTo(Sheets.Sheet sheet);
  }

  @GET
  @Path("templates/{kind}")
  @Produces({"text/csv", XLSX})
  public Response template(
      @PathParam("kind") String kind, @Context UriInfo uri, @Context HttpHeaders headers) {
    return file(kinds.own(kind), "template", uri, headers, sheet -> {});
  }

  @GET
  @Path("exports/{kind}")
  @Produces({"text/csv", XLSX})
  public Response export(
      @PathParam("kind") String kind, @Context UriInfo uri, @Context HttpHeaders headers) {
    OwnFileKind own = kinds.own(kind);
    return file(own, "export", uri, headers, sheet -> writeRows(own, sheet));
  }

  private Response file(
      OwnFileKind kind, String what, UriInfo uri, HttpHeaders headers, Content content) {
    Requests.refuseUnknown(uri.getQueryParameters().keySet(), List.of("format", "dialect", "lang"));
    boolean xlsx = Requests.format(uri, headers, FORMATS).equals("xlsx");
    boolean excel = Requests.forExcel(uri);
    Language language = Requests.language(uri, headers);
    StreamingOutput body =
        out -> {
          try (Sheets.Sheet sheet = sheet(kind, out, xlsx, excel, language)) {
            sheet.row(new ArrayList<>(kind.columns().stream().map(Column::name).toList()));
            content.writeTo(sheet);
          }
        };
    return Response.ok(body)
        .type(xlsx ? XLSX : "text/csv;charset=UTF-8")
        .header(
            "Content-Disposition",
            "attachment; filename=\"%s-%s.%s\"".formatted(kind.name(), what, xlsx ? "xlsx" : "csv"))
        .build();
  }

  private static Sheets.Sheet sheet(
      OwnFileKind kind, OutputStream out, boolean xlsx, boolean excel, Language language)
      throws IOException {
    return xlsx
        ? new Sheets.XlsxSheet(out, kind.name(), kind.columns(), language)
        : new Sheets.CsvSheet(out, excel);
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
