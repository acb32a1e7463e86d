package fr.digital113.directory.calendars;

import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Everything that takes place. */
@Path("/v1/calendar.ics")
public class CalendarResource {
  private final PublicCalendars calendars;

  CalendarResource(PublicCalendars calendars) {
    this.calendars = calendars;
  }

  @GET
  public Response get() {
    return calendars.answer(
        CalendarPages.ALL, Filter.ALL, new Text("Digital113", "Digital113"), "digital113");
  }
}
