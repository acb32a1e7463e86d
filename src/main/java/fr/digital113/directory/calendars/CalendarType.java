package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.calendar.CalendarEntry;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.web.Language;
import org.jspecify.annotations.Nullable;

/** How the items of one type of the change log are told in a calendar. */
interface CalendarType {

  /** Its name in the change log. */
  String type();

  /**
   * For whom a calendar is made.
   *
   * @param insider whether its reader may see what members share
   */
  record View(Filter filter, Labels labels, Language language, boolean insider) {}

  /**
   * What a calendar has of an item that is published; null when the filter leaves nothing of it.
   * What is not named here is shown to nobody.
   */
  @Nullable CalendarEntry entry(FeedItem item, JsonNode document, View view);
}
