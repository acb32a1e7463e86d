package fr.digital113.directory.sync;

import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** Copies of the directory that are kept fresh. */
@Path("/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
public class SyncResource {
  private final Sync sync;
  private final Exchange exchange;

  SyncResource(Sync sync, Exchange exchange) {
    this.sync = sync;
    this.exchange = exchange;
  }

  /** Without a token a snapshot begins; with one it goes on, or tells what changed. */
  @GET
  public Response changes() {
    QueryParameters parameters = exchange.parameters();
    int limit = parameters.integer("limit", 1, Sync.MOST, Sync.MOST);
    String token = parameters.text("token");
    SyncPage page =
        token == null
            ? sync.first(exchange, parameters, limit)
            : sync.further(exchange.client(), parameters, token, limit);
    ResponseBuilder response = Response.ok(page);
    if (page.page().next() != null) {
      response.header("Link", "<" + page.page().next() + ">; rel=\"next\"");
    }
    return exchange.unshared(response);
  }
}
