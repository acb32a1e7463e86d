package fr.digital113.directory.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** The entry point: where everything is. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public class RootResource {
  private static final Map<String, String> LINKS = links();

  private final Exchange exchange;

  RootResource(Exchange exchange) {
    this.exchange = exchange;
  }

  /** The document: the name of the API, and its links by relation. */
  record Root(String name, String version, @JsonProperty("_links") Map<String, Link> links) {}

  record Link(String href) {}

  @GET
  public Response get() {
    exchange.parameters().check();
    Map<String, Link> links = new LinkedHashMap<>();
    LINKS.forEach((relation, path) -> links.put(relation, new Link(path)));
    return exchange.item(new Version(0, "root"), 0, new Root("Digital113 directory", "v1", links));
  }

  private static Map<String, String> links() {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", "/v1");
    links.put("companies", "/v1/companies");
    links.put("territories", "/v1/territories");
    links.put("sectors", "/v1/sectors");
    links.put("factories", "/v1/factories");
    links.put("meetings", "/v1/meetings");
    links.put("calendar", "/v1/calendar.ics");
    links.put("calendars", "/v1/calendars");
    links.put("events", "/v1/events");
    links.put("workshops", "/v1/workshops");
    links.put("initiatives", "/v1/initiatives");
    links.put("cluster", "/v1/cluster");
    links.put("statistics", "/v1/statistics");
    links.put("changes", "/v1/changes");
    links.put("imports", "/v1/imports");
    links.put("partners", "/v1/partners");
    links.put("webhooks", "/v1/webhooks");
    links.put("problems", "/problems");
    links.put("service-desc", "/q/openapi");
    links.put("service-doc", "/q/swagger-ui");
    links.put("status", "/q/health");
    return links;
  }
}
