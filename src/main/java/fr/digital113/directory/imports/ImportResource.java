package fr.digital113.directory.imports;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Sends files and follows what becomes of them. */
@Path("/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
class ImportResource {
  private static final int SHOWN_ERRORS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ImportRequests requests;
  private final ImportJobs jobs;
  private final ImportReports reports;
  private final DirectoryIndex index;
  private final Exchange exchange;
  private final CurrentCaller caller;

  record JobList(List<ImportJobView> data, PageInfo page) {}

  record PageInfo(int limit, long total) {}

  ImportResource(
      ImportRequests requests,
      ImportJobs jobs,
      ImportReports reports,
      DirectoryIndex index,
      Exchange exchange,
      CurrentCaller caller) {
    this.requests = requests;
    this.jobs = jobs;
    this.reports = reports;
    this.index = index;
    this.exchange = exchange;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response send(MultipartFormDataInput form) {
    exchange.parameters().check();
    UUID id = requests.accept(form.getValues(), caller.get().actor());
    return exchange.unshared(Response.accepted(view(id)).location(URI.create("/v1/imports/" + id)));
  }

  @GET
  public Response list() {
    QueryParameters parameters = exchange.parameters();
    int limit = parameters.integer("limit", 1, 200, 20);
    parameters.check();
    List<ImportJobView> latest =
        jobs.latest(limit).stream()
            .map(job -> ImportJobView.of(job, null, exchange.language()))
            .toList();
    return exchange.unshared(Response.ok(new JobList(latest, new PageInfo(limit, jobs.count()))));
  }

  /**
   * A job that is done is also visible: the index of this process holds what it wrote. Until it
   * does, the job is still running.
   */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    ImportJobView job = view(id(id));
    return exchange.unshared(
        Response.ok(index.awaitCommitted(PATIENCE) ? job : job.untilItIsVisible()));
  }

  private ImportJobView view(UUID id) {
    Language language = exchange.language();
    ImportJob job = jobs.find(id).orElseThrow(ImportResource::notFound);
    List<ReportLineView> errors =
        reports.page(id, ImportReports.Place.START, SHOWN_ERRORS, language).stream()
            .map(ImportReports.Entry::line)
            .toList();
    return ImportJobView.of(job, errors, language);
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noJobHasIt) {
      throw notFound();
    }
  }

  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun import n'a cet identifiant.", "No import has this id."));
  }
}
