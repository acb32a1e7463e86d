package fr.digital113.directory.calendars;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The meetings that take place in one territory, of any level. */
@Path("/v1/territories/{ref}/meetings.ics")
public class TerritoryCalendarResource {
  private final PublicCalendars calendars;

  TerritoryCalendarResource(PublicCalendars calendars) {
    this.calendars = calendars;
  }

  @GET
  public Response get(@PathParam("ref") String ref) {
    return calendars.meetingsOf(
        Filter.TERRITORY,
        ref,
        List.of(Filter.FACTORY, Filter.SECTOR),
        (filter, code) -> filter.in(code));
  }
}
