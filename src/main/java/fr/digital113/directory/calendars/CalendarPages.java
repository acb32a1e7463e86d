package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.calendar.CalendarEntry;
import fr.digital113.directory.calendar.CalendarFile;
import fr.digital113.directory.calendars.CalendarType.View;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.AllItems;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Language;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Writes calendars of what a reader sees. */
@Singleton
class CalendarPages {
  static final CalendarType MEETINGS = new MeetingCalendar();
  static final CalendarType EVENTS = new EventCalendar();
  static final CalendarType WORKSHOPS = new WorkshopCalendar();
  static final List<CalendarType> ALL = List.of(MEETINGS, EVENTS, WORKSHOPS);

  private static final String PUBLISHED = "published";

  private final ObjectMapper mapper;

  CalendarPages(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * A whole calendar: of series, not of their occurrences.
   *
   * @param name what it is called where it is subscribed to
   * @param fileName without its ending
   */
  Content of(
      Exchange exchange,
      Reading reading,
      List<CalendarType> types,
      Filter filter,
      String name,
      String fileName) {
    Language language = exchange.language();
    View view =
        new View(filter, reading.snapshot().labels(), language, !reading.reader().isPublic());
    List<CalendarEntry> entries = new ArrayList<>();
    for (CalendarType type : types) {
      for (FeedItem item : AllItems.documents(reading.snapshot(), new Query(type.type()), mapper)) {
        JsonNode document = item.document();
        CalendarEntry entry =
            document == null || !isPublished(document) ? null : type.entry(item, document, view);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    return new Content(new CalendarFile(name, language, null).write(entries), fileName + ".ics");
  }

  /** Of drafts nobody is told, whoever may see them: nobody comes to one. */
  private static boolean isPublished(JsonNode document) {
    return document.path("publication").asText().equals(PUBLISHED);
  }
}
