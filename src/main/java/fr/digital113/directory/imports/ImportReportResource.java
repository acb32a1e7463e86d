package fr.digital113.directory.imports;

import fr.digital113.directory.formats.Sheets;
import fr.digital113.directory.imports.ImportReports.Entry;
import fr.digital113.directory.imports.ImportReports.Place;
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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The whole report of a job, in pages of JSON or as one CSV. */
@Path("/v1/imports/{id}/report")
class ImportReportResource {
  private static final List<Format> FORMATS = List.of(Format.JSON, Format.CSV);

  private final ImportJobs jobs;
  private final ImportReports reports;
  private final Exchange exchange;

  record ReportPage(List<ReportLineView> data, PageInfo page) {}

  record PageInfo(int limit, @Nullable String next) {}

  ImportReportResource(ImportJobs jobs, ImportReports reports, Exchange exchange) {
    this.jobs = jobs;
    this.reports = reports;
    this.exchange = exchange;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  public Response report(@PathParam("id") String job) {
    QueryParameters parameters = exchange.parameters();
    Format format = exchange.format(parameters, FORMATS);
    boolean excel = "excel".equals(parameters.one("dialect", List.of("excel")));
    int limit = parameters.integer("limit", 1, 1_000, 100);
    Place after = after(parameters);
    parameters.check();
    UUID id = ImportResource.id(job);
    if (jobs.find(id).isEmpty()) {
      throw ImportResource.notFound();
    }
    return format == Format.CSV ? csv(id, excel) : page(id, limit, after);
  }

  private Response page(UUID id, int limit, Place after) {
    List<Entry> entries = reports.page(id, after, limit + 1, exchange.language());
    boolean more = entries.size() > limit;
    List<Entry> shown = more ? entries.subList(0, limit) : entries;
    String next =
        more
            ? "/v1/imports/%s/report?limit=%d&after=%s"
                .formatted(id, limit, shown.get(limit - 1).place())
            : null;
    return exchange.unshared(
        Response.ok(
                new ReportPage(shown.stream().map(Entry::line).toList(), new PageInfo(limit, next)))
            .type(MediaType.APPLICATION_JSON_TYPE));
  }

  private Response csv(UUID id, boolean excel) {
    Language language = exchange.language();
    return exchange.unsharedFile(
        Format.CSV,
        "import-" + id + ".csv",
        out -> {
          Sheets.Sheet csv = new Sheets.CsvSheet(out, excel);
          csv.row(List.of("line", "column", "value", "outcome", "code", "reason"));
          reports.each(
              id,
              language,
              line ->
                  csv.row(
                      Arrays.asList(
                          Long.toString(line.line()),
                          line.column(),
                          line.value(),
                          line.outcome(),
                          line.code(),
                          line.reason())));
          csv.end();
        });
  }

  /** A line, or the place that {@code next} names. */
  private static Place after(QueryParameters parameters) {
    String after = parameters.text("after");
    if (after == null) {
      return Place.START;
    }
    if (!after.matches("[0-9]{1,15}(-[0-9]{1,18})?")) {
      parameters.error(
          "after",
          "invalid_cursor",
          new Text("Un numéro de ligne est attendu.", "A line number is expected."));
      return Place.START;
    }
    String[] parts = after.split("-", 2);
    return new Place(
        Long.parseLong(parts[0]), parts.length == 1 ? Long.MAX_VALUE : Long.parseLong(parts[1]));
  }
}
