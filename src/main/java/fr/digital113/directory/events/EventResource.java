package fr.digital113.directory.events;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.index.TextQuery;
import fr.digital113.directory.insiders.Publications;
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
import org.jspecify.annotations.Nullable;

/** Events of the cluster. The team reads drafts and archived ones as well. */
@Path("/v1/events")
@Produces(MediaType.WILDCARD)
public class EventResource {
  private static final List<String> STATUSES = List.of("tentative", "confirmed", "cancelled");
  private static final String BY_START = "start";
  private static final String BY_START_DESCENDING = "-start";

  private final DirectoryIndex index;
  private final CurrentCaller caller;
  private final Exchange exchange;
  private final EditViews editViews;

  EventResource(
      DirectoryIndex index, CurrentCaller caller, Exchange exchange, EditViews editViews) {
    this.index = index;
    this.caller = caller;
    this.exchange = exchange;
    this.editViews = editViews;
  }

  @GET
  public Response list() {
    try (Snapshot snapshot = acquire()) {
      QueryParameters parameters = exchange.parameters();
      TextQuery text = TextQuery.read(parameters);
      Query query =
          Period.of(parameters)
              .within(
                  new Query(EventIndexing.TYPE)
                      .matching(text)
                      .anyOf(EventIndexing.STATUS, parameters.anyOf("status", STATUSES))
                      .anyOf(
                          EventIndexing.TERRITORY,
                          Items.named(
                              "territory", "territory", "/v1/territories", parameters, snapshot)));
      Publications.filter(query, parameters, snapshot);
      Sorting sorting = sorting(parameters, text);
      Page.Asked asked = Page.Asked.of(parameters);
      Shape shape = Shape.ofList(exchange, parameters, EventLayout.of(snapshot));
      parameters.check();
      return query.sortedBy(sorting).respond(exchange, snapshot, asked, shape);
    }
  }

  /** What searches find best comes first; among equals, and else, time decides. */
  private static Sorting sorting(QueryParameters parameters, @Nullable TextQuery text) {
    String sort =
        TextQuery.sort(parameters, List.of(BY_START, BY_START_DESCENDING, TextQuery.RELEVANCE));
    if (TextQuery.RELEVANCE.equals(sort) || sort == null && text != null) {
      return Sorting.byRelevance().then(Period.sorting(true));
    }
    return Period.sorting(BY_START_DESCENDING.equals(sort));
  }

  @GET
  @Path("{slug}")
  public Response get(@PathParam("slug") String slug) {
    QueryParameters parameters = exchange.parameters();
    Shape shape = Shape.ofItem(exchange, parameters, EventLayout.LAYOUT);
    boolean edit = EditViews.isAsked(parameters);
    parameters.check();
    if (edit) {
      return editViews.respond(EventIndexing.TYPE, slug);
    }
    try (Snapshot snapshot = acquire()) {
      return Items.get(snapshot, EventIndexing.TYPE, slug, exchange.language())
          .respond(exchange, snapshot, shape);
    }
  }

  private Snapshot acquire() {
    return index.acquire(
        exchange, caller.grant() == Grant.TEAM ? Visibility.PRIVATE : Visibility.PUBLIC);
  }
}
