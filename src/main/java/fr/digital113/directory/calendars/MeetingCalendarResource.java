package fr.digital113.directory.calendars;

import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The meetings of all Factories. */
@Path("/v1/meetings.ics")
public class MeetingCalendarResource {
  private final PublicCalendars calendars;

  MeetingCalendarResource(PublicCalendars calendars) {
    this.calendars = calendars;
  }

  @GET
  public Response get() {
    return calendars.answer(
        List.of(CalendarPages.MEETINGS),
        Filter.ALL,
        new Text("Digital113 : réunions", "Digital113: meetings"),
        "meetings");
  }
}
