package fr.digital113.directory.imports;

import fr.digital113.directory.access.AdminOnly;
import fr.digital113.directory.imports.ImportReports.Entry;
import fr.digital113.directory.imports.ImportReports.Place;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The whole report of a job, in pages of JSON or as one CSV. */
@Path("/v1/imports/{id}/report")
@AdminOnly
class ImportReportResource {
  private final ImportJobs jobs;
  private final ImportReports reports;

  record ReportPage(List<ReportLineView> data, PageInfo page) {}

  record PageInfo(int limit, @Nullable String next) {}

  ImportReportResource(ImportJobs jobs, ImportReports reports) {
    this.jobs = jobs;
    this.reports = reports;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, "text/csv"})
  public Response report(
      @PathParam("id") String job, @Context UriInfo uri, @Context HttpHeaders headers) {
    Requests.refuseUnknown(
        uri.getQueryParameters().keySet(), List.of("limit", "after", "format", "dialect", "lang"));
    UUID id = ImportResource.id(job);
    if (jobs.find(id).isEmpty()) {
      throw ImportResource.notFound();
    }
    Language language = Requests.language(uri, headers);
    if (Requests.format(uri, headers, List.of("json", "csv")).equals("csv")) {
      return csv(id, Requests.forExcel(uri), language);
    }
    int limit = Requests.number(uri, "limit", 100, 1_000);
    List<Entry> entries = reports.page(id, after(uri), limit + 1, language);
    boolean more = entries.size() > limit;
    List<Entry> shown = more ? entries.subList(0, limit) : entries;
    String next =
        more
            ? "/v1/imports/%s/report?limit=%d&after=%s"
                .formatted(id, limit, shown.get(limit - 1).place())
            : null;
    return Response.ok(
            new ReportPage(shown.stream().map(Entry::line).toList(), new PageInfo(limit, next)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private Response csv(UUID id, boolean excel, Language language) {
    StreamingOutput body =
        out -> {
          try (Sheets.CsvSheet csv = new Sheets.CsvSheet(out, excel)) {
            csv.row(List.of("line", "column", "value", "outcome", "code", "reason"));
            reports.each(
                id,
                language,
                line ->
                    csv.row(
                        java.util.Arrays.asList(
                            Long.toString(line.line()),
                            line.column(),
                            line.value(),
                            line.outcome(),
                            line.code(),
                            line.reason())));
          }
        };
    return Response.ok(body)
        .type("text/csv;charset=UTF-8")
        .header("Content-Disposition", "attachment; filename=\"import-" + id + ".csv\"")
        .build();
  }

  /** A line, or the place that {@code next} names. */
  private static Place after(UriInfo uri) {
    String after = uri.getQueryParameters().getFirst("after");
    if (after == null) {
      return Place.START;
    }
    if (!after.matches("[0-9]{1,15}(-[0-9]{1,18})?")) {
      throw Requests.invalid(
          "after",
          "invalid_cursor",
          new Text("Un numéro de ligne est attendu.", "A line number is expected."));
    }
    String[] parts = after.split("-");
    return new Place(
        Long.parseLong(parts[0]), parts.length == 1 ? Long.MAX_VALUE : Long.parseLong(parts[1]));
  }
}
