package fr.digital113.directory.calendars;

import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The workshops. */
@Path("/v1/workshops.ics")
public class WorkshopCalendarResource {
  private final PublicCalendars calendars;

  WorkshopCalendarResource(PublicCalendars calendars) {
    this.calendars = calendars;
  }

  @GET
  public Response get() {
    return calendars.answer(
        List.of(CalendarPages.WORKSHOPS),
        List.of(Filter.TERRITORY),
        new Text("Digital113 : tables à secousses", "Digital113: tables à secousses"),
        "workshops");
  }
}
