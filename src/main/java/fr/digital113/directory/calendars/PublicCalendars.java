package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.insiders.Readers;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Calendars at addresses that everybody knows. Whoever says who they are sees in them what they see
 * elsewhere; programs seldom do, for which there are {@link Subscriptions}.
 */
@Singleton
class PublicCalendars {
  private static final Text MEETINGS = new Text("Réunions : %s", "Meetings: %s");

  private final Readers readers;
  private final CalendarPages pages;
  private final Exchange exchange;

  PublicCalendars(Readers readers, CalendarPages pages, Exchange exchange) {
    this.readers = readers;
    this.pages = pages;
    this.exchange = exchange;
  }

  /**
   * A calendar of some types.
   *
   * @param filters that it takes
   */
  Response answer(List<CalendarType> types, List<String> filters, Text name, String fileName) {
    try (Reading reading = readers.open(exchange)) {
      Filter filter = filter(reading.snapshot(), filters);
      return answer(reading, types, filter, name, fileName);
    }
  }

  /**
   * The meetings of something that has a slug, or code, and a name.
   *
   * @param narrowed the filter that leaves its meetings alone, by its id
   */
  Response meetingsOf(
      String type, String ref, List<String> filters, BiFunction<Filter, String, Filter> narrowed) {
    try (Reading reading = readers.open(exchange)) {
      Snapshot snapshot = reading.snapshot();
      String id = Items.get(snapshot, type, ref, exchange.language()).id();
      Filter filter = narrowed.apply(filter(snapshot, filters), id);
      JsonNode document = Objects.requireNonNull(snapshot.labels().find(type, id), id);
      return answer(
          reading,
          List.of(CalendarPages.MEETINGS),
          filter,
          MEETINGS.with(document.path("name").asText()),
          "meetings-" + document.path("slug").asText());
    }
  }

  private Filter filter(Snapshot snapshot, List<String> filters) {
    QueryParameters parameters = exchange.parameters();
    Filter filter = Filter.of(parameters, snapshot, filters);
    parameters.check();
    return filter;
  }

  private Response answer(
      Reading reading, List<CalendarType> types, Filter filter, Text name, String fileName) {
    return exchange.document(
        reading.snapshot().version(),
        Format.ICS,
        pages.of(exchange, reading, types, filter, name.in(exchange.language()), fileName));
  }
}
