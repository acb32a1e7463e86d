package fr.digital113.directory.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.PastCluster;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Representation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * The cluster itself: every fact inline, and its objectives with the count of members. Of today
 * from the snapshot; of a day before from the database.
 */
@Path("/v1/cluster")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  private final DirectoryIndex index;
  private final Exchange exchange;
  private final ObjectMapper mapper;
  private final EditViews editViews;
  private final PastCluster past;

  ClusterResource(
      DirectoryIndex index,
      Exchange exchange,
      ObjectMapper mapper,
      EditViews editViews,
      PastCluster past) {
    this.index = index;
    this.exchange = exchange;
    this.mapper = mapper;
    this.editViews = editViews;
    this.past = past;
  }

  @GET
  public Response get() throws JsonProcessingException {
    QueryParameters parameters = exchange.parameters();
    boolean edit = EditViews.isAsked(parameters, ClusterIndexing.AS_OF);
    LocalDate day = parameters.pastDay(ClusterIndexing.AS_OF, LocalDate.now(Moments.ZONE));
    parameters.check();
    if (edit) {
      return editViews.respond(ClusterIndexing.TYPE, ClusterIndexing.SELF);
    }
    try (Snapshot snapshot = index.acquire(exchange)) {
      return day == null ? ofNow(snapshot) : ofADay(snapshot, day);
    }
  }

  private Response ofNow(Snapshot snapshot) throws JsonProcessingException {
    Items.Found cluster =
        Items.get(snapshot, ClusterIndexing.TYPE, ClusterIndexing.SELF, exchange.language());
    JsonNode view = mapper.readTree(cluster.body().toString());
    count(view, Companies.members(snapshot));
    return exchange.item(snapshot.version(), cluster.revision(), view);
  }

  private Response ofADay(Snapshot snapshot, LocalDate day) {
    return exchange.small(
        snapshot.versionOfThePast(),
        new Representation(Format.JSON, ""),
        () -> past.on(snapshot.position(), day, exchange, facts -> content(facts, day)));
  }

  private Content content(PastCluster.Facts facts, LocalDate day) {
    ObjectNode document = facts.document();
    document.put(ClusterIndexing.AS_OF, day.toString());
    ObjectNode view = ClusterIndexing.view(document, exchange.language());
    count(view, facts.members());
    return new Content(view.toString().getBytes(StandardCharsets.UTF_8), null);
  }

  /** Says how far the objective that counts members is. */
  private static void count(JsonNode view, long members) {
    for (JsonNode objective : view.path("objectives")) {
      if (objective.path("code").asText().equals("members")) {
        ((ObjectNode) objective).put("current", members);
      }
    }
  }
}
