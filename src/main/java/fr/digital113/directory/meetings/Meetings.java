package fr.digital113.directory.meetings;

import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.ComputedListing;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.insiders.Publications;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What other features see of meetings: lists of occurrences, and how many there were. */
@Singleton
public class Meetings {
  private final InstantSource clock;

  @Inject
  Meetings() {
    this(InstantSource.system());
  }

  Meetings(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The occurrences that a request asks for.
   *
   * @param factory the id of the one that the path names; null for all
   */
  Response list(Exchange exchange, Reading reading, @Nullable String factory) {
    Snapshot snapshot = reading.snapshot();
    QueryParameters parameters = exchange.parameters();
    Window window = Window.of(parameters, () -> LocalDate.ofInstant(clock.instant(), Moments.ZONE));
    Query query = new Query(MeetingIndexing.TYPE);
    if (factory == null) {
      query.anyOf(MeetingIndexing.FACTORY, Items.named("factory", parameters, snapshot));
    } else {
      query.within(MeetingIndexing.FACTORY, List.of(factory));
    }
    query.anyOf(MeetingIndexing.SECTOR, Items.named("sector", parameters, snapshot));
    Set<String> territories =
        Items.named("territory", "territory", "/v1/territories", parameters, snapshot);
    query.anyOf(MeetingIndexing.TERRITORY, territories);
    Publications.filter(query, parameters, snapshot);
    Page.Asked asked = Page.Asked.of(parameters);
    window.resolve(exchange, parameters);
    Shape shape = Shape.ofList(exchange, parameters, MeetingLayout.list(snapshot.isPrivate()));
    parameters.check();
    reading.reader().restrict(query);
    Occurrences occurrences = new Occurrences(snapshot, window, territories, exchange.language());
    return new ComputedListing<>(
            query.key() + window.key(),
            () -> occurrences.of(query),
            Occurrence::place,
            Occurrence::view)
        .respond(exchange, snapshot, window.version(snapshot.version()), asked, shape);
  }

  /**
   * How many meetings of a snapshot each Factory held, by its id.
   *
   * @param snapshot a public one, for what everybody may know
   * @param last included, as {@code first} is
   */
  public Map<String, Long> held(Snapshot snapshot, LocalDate first, LocalDate last) {
    Window window = Window.ofDays(first, last.plusDays(1));
    return new Occurrences(snapshot, window, Set.of(), Language.FR)
        .of(new Query(MeetingIndexing.TYPE)).stream()
            .filter(each -> each.isHeld() && window.has(each.start()))
            .collect(Collectors.groupingBy(Occurrence::factory, Collectors.counting()));
  }
}
