package fr.digital113.directory.initiatives;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.Facet;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lists of initiatives within a scope, and what other features count of them. */
public final class Initiatives {
  private Initiatives() {}

  /** Answers a list with all its filters, of what its reader may see. */
  static Response list(Exchange exchange, Reading reading, InitiativeScope scope) {
    QueryParameters parameters = exchange.parameters();
    InitiativeQuery query = InitiativeQuery.of(parameters, reading);
    List<Facet> facets =
        new InitiativeFacets(query, reading.snapshot(), exchange.language()).named(parameters);
    Page.Asked asked = Page.Asked.of(parameters);
    Shape shape = Shape.ofList(exchange, parameters, InitiativeLayout.of(reading.snapshot()));
    parameters.check();
    Query restricted = reading.reader().restrict(query.query(scope));
    return restricted
        .counting(facets)
        .sortedBy(query.sorting(exchange.language()))
        .respond(exchange, reading.snapshot(), asked, shape);
  }

  /** How many initiatives of a Factory a snapshot has, {@code {"total", "done"}}. */
  public static RawJson ofFactory(Snapshot snapshot, String factory) {
    int total = Items.count(snapshot, InitiativeFields.TYPE, InitiativeFields.FACTORY, factory);
    int done =
        Items.count(
            snapshot,
            InitiativeFields.TYPE,
            InitiativeFields.FACTORY,
            factory,
            InitiativeFields.STATUS,
            InitiativeFields.DONE);
    byte[] json =
        "{\"total\":%d,\"done\":%d}".formatted(total, done).getBytes(StandardCharsets.UTF_8);
    return new RawJson(json, 0, json.length);
  }
}
