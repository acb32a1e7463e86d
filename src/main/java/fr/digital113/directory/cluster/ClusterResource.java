package fr.digital113.directory.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The cluster itself: every fact inline, and its objectives with the count of today. */
@Path("/v1/cluster")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  private final DirectoryIndex index;
  private final Exchange exchange;
  private final ObjectMapper mapper;
  private final EditViews editViews;

  ClusterResource(
      DirectoryIndex index, Exchange exchange, ObjectMapper mapper, EditViews editViews) {
    this.index = index;
    this.exchange = exchange;
    this.mapper = mapper;
    this.editViews = editViews;
  }

  @GET
  public Response get() throws JsonProcessingException {
    QueryParameters parameters = exchange.parameters();
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(ClusterIndexing.TYPE, ClusterIndexing.SELF);
    }
    try (Snapshot snapshot = index.acquire(exchange)) {
      Items.Found cluster =
          Items.get(snapshot, ClusterIndexing.TYPE, ClusterIndexing.SELF, exchange.language());
      JsonNode view = mapper.readTree(cluster.body().toString());
      int members = Companies.members(snapshot);
      for (JsonNode objective : view.path("objectives")) {
        if (objective.path("code").asText().equals("members")) {
          ((ObjectNode) objective).put("current", members);
        }
      }
      return exchange.item(snapshot.version(), cluster.revision(), view);
    }
  }
}
