package fr.digital113.directory.sectors;

import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Sectors of activity, each with the number of member companies that name it. */
@Path("/v1/sectors")
@Produces(MediaType.WILDCARD)
public class SectorResource {
  private final DirectoryIndex index;
  private final Exchange exchange;
  private final EditViews editViews;

  SectorResource(DirectoryIndex index, Exchange exchange, EditViews editViews) {
    this.index = index;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      Page.Asked asked = Page.Asked.of(parameters);
      Shape shape = Shape.ofList(exchange, parameters, SectorLayout.LAYOUT);
      parameters.check();
      String label = SectorIndexing.labelField(exchange.language());
      Listing listing = new Query(SectorIndexing.TYPE).sortedBy(Sorting.byText(label, false));
      return listing.respond(
          exchange, snapshot, asked, shape, item -> counted(snapshot, item.id(), item.body()));
    }
  }

  @GET
  @Path("{slug}")
  public Response get(@PathParam("slug") String slug) {
    QueryParameters parameters = exchange.parameters();
    Shape shape = Shape.ofItem(exchange, parameters, SectorLayout.LAYOUT);
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(SectorIndexing.TYPE, slug);
    }
    try (Snapshot snapshot = index.acquire(exchange)) {
      Items.Found found = Items.get(snapshot, SectorIndexing.TYPE, slug, exchange.language());
      return found
          .with(counted(snapshot, found.id(), found.body()))
          .respond(exchange, snapshot, shape);
    }
  }

  private static RawJson counted(Snapshot snapshot, String slug, RawJson sector) {
    return sector.with("companies", Companies.membersInSector(snapshot, slug));
  }
}
