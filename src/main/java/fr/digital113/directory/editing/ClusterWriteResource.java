package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Writes and history of the cluster; reads are {@code cluster.ClusterResource}. */
@Path("/v1/cluster")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final ClusterEditing cluster;
  private final Exchange exchange;

  ClusterWriteResource(
      ItemWrites writes, Histories histories, ClusterEditing cluster, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.cluster = cluster;
    this.exchange = exchange;
  }

  @PATCH
  public Response patch(InputStream body) {
    exchange.parameters().check();
    return writes.patch(cluster, ClusterEditing.SELF, body);
  }

  @GET
  @Path("history")
  public Response history() {
    return histories.list(cluster, ClusterEditing.SELF);
  }
}
