package fr.digital113.directory.calendars;

import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The events of the cluster. */
@Path("/v1/events.ics")
public class EventCalendarResource {
  private final PublicCalendars calendars;

  EventCalendarResource(PublicCalendars calendars) {
    this.calendars = calendars;
  }

  @GET
  public Response get() {
    return calendars.answer(
        List.of(CalendarPages.EVENTS),
        List.of(Filter.TERRITORY),
        new Text("Digital113 : événements", "Digital113: events"),
        "events");
  }
}
