package fr.digital113.directory.workshops;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.insiders.Publications;
import fr.digital113.directory.insiders.Readers;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.places.Period;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Workshops. Everybody reads that they take place; the companies that take part, and the team, read
 * who they are and what was said. A member reads of all others just what everybody does, versions
 * included: when a private one moves is a secret too.
 */
@Path("/v1/workshops")
@Produces(MediaType.WILDCARD)
public class WorkshopResource {
  private static final List<String> STATUSES = List.of("planned", "held", "cancelled");

  private final DirectoryIndex index;
  private final Readers readers;
  private final Exchange exchange;
  private final EditViews editViews;

  WorkshopResource(DirectoryIndex index, Readers readers, Exchange exchange, EditViews editViews) {
    this.index = index;
    this.readers = readers;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Reading reading = readers.open(exchange)) {
      if (reading.reader().isPublic() || reading.reader().isTeam()) {
        return list(reading.snapshot(), Own.NOTHING);
      }
      Own own = Own.of(reading, exchange.language());
      try (Snapshot shown = index.acquire(exchange)) {
        return list(shown, own);
      }
    }
  }

  /**
   * @param own what takes the place of what everybody sees
   */
  private Response list(Snapshot snapshot, Own own) {
    QueryParameters parameters = exchange.parameters();
    Query query =
        Period.of(parameters)
            .within(
                new Query(WorkshopIndexing.TYPE)
                    .anyOf(WorkshopIndexing.STATUS, parameters.anyOf("status", STATUSES))
                    .anyOf(
                        WorkshopIndexing.TERRITORY,
                        Items.named(
                            "territory", "territory", "/v1/territories", parameters, snapshot)));
    Publications.filter(query, parameters, snapshot);
    boolean descending = "-start".equals(parameters.one("sort", List.of("start", "-start")));
    Page.Asked asked = Page.Asked.of(parameters);
    boolean insider = snapshot.isPrivate() || own.isMembers();
    Shape shape =
        Shape.ofList(
            exchange, parameters, insider ? WorkshopLayout.PRIVATE : WorkshopLayout.LAYOUT);
    parameters.check();
    return query
        .sortedBy(Period.sorting(descending))
        .respond(exchange, snapshot, own.version(snapshot), asked, shape, own::shown);
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    if (EditViews.isAsked(exchange.parameters())) {
      shape(false);
      return editViews.respond(WorkshopIndexing.TYPE, id);
    }
    try (Reading reading = readers.open(exchange)) {
      if (reading.reader().isPublic()) {
        return respond(reading.snapshot(), id, shape(false));
      }
      if (reading.reader().isTeam() || Own.of(reading, exchange.language()).has(id)) {
        return respond(reading.snapshot(), id, shape(true));
      }
      Shape shape = shape(false);
      try (Snapshot shown = index.acquire(exchange)) {
        return respond(shown, id, shape);
      }
    }
  }

  private Shape shape(boolean insider) {
    QueryParameters parameters = exchange.parameters();
    Shape shape =
        Shape.ofItem(
            exchange, parameters, insider ? WorkshopLayout.PRIVATE : WorkshopLayout.LAYOUT);
    EditViews.isAsked(parameters);
    parameters.check();
    return shape;
  }

  private Response respond(Snapshot snapshot, String id, Shape shape) {
    return Items.get(snapshot, WorkshopIndexing.TYPE, id, exchange.language())
        .respond(exchange, snapshot, shape);
  }
}
