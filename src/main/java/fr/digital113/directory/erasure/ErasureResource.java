package fr.digital113.directory.erasure;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What is done when somebody asks to be forgotten. */
@Path("/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
class ErasureResource {
  private static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 200;

  private final Erasures erasures;
  private final Exchange exchange;
  private final CurrentCaller caller;

  record ErasureList(List<ErasureView> data, PageInfo page) {}

  record PageInfo(int limit, long total) {}

  ErasureResource(Erasures erasures, Exchange exchange, CurrentCaller caller) {
    this.erasures = erasures;
    this.exchange = exchange;
    this.caller = caller;
  }

  @GET
  public Response list() {
    QueryParameters parameters = exchange.parameters();
    int limit = parameters.integer("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    parameters.check();
    return exchange.unshared(
        Response.ok(new ErasureList(erasures.list(limit), new PageInfo(limit, erasures.count()))));
  }

  /**
   * Erases; a dry run only counts, before to see what would go, after to see that nothing is left.
   */
  @POST
  public Response erase(InputStream sent) {
    exchange.parameters().check();
    ErasureRequest request =
        ErasureRequest.of(JsonBody.of(JsonRequest.read(exchange, sent).json()));
    if (request.dryRun()) {
      return exchange.unshared(Response.ok(ErasureView.Search.of(erasures.find(request.terms()))));
    }
    UUID id =
        erasures.erase(caller.get(), request.terms(), Objects.requireNonNull(request.reason()));
    return exchange.unshared(
        Response.created(URI.create("/v1/erasures/" + id)).entity(existing(Optional.of(id))));
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    return exchange.unshared(Response.ok(existing(uuid(id))));
  }

  private ErasureView existing(Optional<UUID> id) {
    return id.flatMap(erasures::find).orElseThrow(ErasureResource::notFound);
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException nothingHasIt) {
      return Optional.empty();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Aucun effacement n'a cet identifiant.", "No erasure has this id."));
  }
}
