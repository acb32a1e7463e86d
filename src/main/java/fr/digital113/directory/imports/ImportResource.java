package fr.digital113.directory.imports;

import fr.digital113.directory.access.AdminOnly;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Sends files and follows what becomes of them. */
@Path("/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@AdminOnly
class ImportResource {
  private static final int SHOWN_ERRORS = 100;

  private final ImportRequests requests;
  private final ImportJobs jobs;
  private final ImportReports reports;

  record JobList(List<ImportJobView> data, PageInfo page) {}

  record PageInfo(int limit, long total) {}

  ImportResource(ImportRequests requests, ImportJobs jobs, ImportReports reports) {
    this.requests = requests;
    this.jobs = jobs;
    this.reports = reports;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response send(
      MultipartFormDataInput form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Requests.refuseUnknown(uri.getQueryParameters().keySet(), List.of("lang"));
    Principal caller = security.getUserPrincipal();
    // The log reads an actor as one word.
    String actor = caller == null ? "api" : caller.getName().replaceAll("\\s+", "-");
    UUID id = requests.accept(form.getValues(), actor);
    return Response.accepted(view(id, Requests.language(uri, headers)))
        .location(URI.create("/v1/imports/" + id))
        .build();
  }

  @GET
  public JobList list(@Context UriInfo uri, @Context HttpHeaders headers) {
    Requests.refuseUnknown(uri.getQueryParameters().keySet(), List.of("limit", "lang"));
    int limit = Requests.number(uri, "limit", 20, 200);
    Language language = Requests.language(uri, headers);
    return new JobList(
        jobs.latest(limit).stream().map(job -> ImportJobView.of(job, null, language)).toList(),
        new PageInfo(limit, jobs.count()));
  }

  @GET
  @Path("{id}")
  public ImportJobView get(
      @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
    Requests.refuseUnknown(uri.getQueryParameters().keySet(), List.of("lang"));
    return view(id(id), Requests.language(uri, headers));
  }

  private ImportJobView view(UUID id, Language language) {
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
