package fr.digital113.directory.suggest;

import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Suggestions;
import fr.digital113.directory.index.TextQuery;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;

/** Companies, sectors, territories, Factories, events and initiatives for a search box. */
@Path("/v1/companies/suggest")
@Produces(MediaType.APPLICATION_JSON)
public class SuggestResource {
  private static final int MAX = 10;

  private final DirectoryIndex index;
  private final Exchange exchange;

  SuggestResource(DirectoryIndex index, Exchange exchange) {
    this.index = index;
    this.exchange = exchange;
  }

  /**
   * @param revision of the snapshot that it was read from
   */
  record Answer(List<RawJson> data, long revision) {}

  @GET
  public Response suggest() {
    QueryParameters parameters = exchange.parameters();
    TextQuery text = TextQuery.required(parameters);
    Query companies = Companies.withMembership(parameters);
    int limit = parameters.integer("limit", 1, MAX, MAX);
    parameters.check();
    try (Snapshot snapshot = index.acquire(exchange)) {
      return exchange.answer(
          snapshot.version(),
          () -> answer(Objects.requireNonNull(text), companies, limit, snapshot));
    }
  }

  private Answer answer(TextQuery text, Query companies, int limit, Snapshot snapshot) {
    List<Query> kinds =
        List.of(
            new Query("sector"),
            new Query("territory"),
            companies,
            new Query("factory"),
            new Query("event"),
            new Query("initiative"));
    return new Answer(
        Suggestions.best(kinds, text, snapshot, exchange.language(), limit), snapshot.revision());
  }
}
