package fr.digital113.directory.calendars;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The meetings of one Factory. */
@Path("/v1/factories/{slug}/meetings.ics")
public class FactoryCalendarResource {
  private final PublicCalendars calendars;

  FactoryCalendarResource(PublicCalendars calendars) {
    this.calendars = calendars;
  }

  @GET
  public Response get(@PathParam("slug") String slug) {
    return calendars.meetingsOf(
        Filter.FACTORY, slug, List.of(Filter.TERRITORY), (filter, id) -> filter.ofFactory(id));
  }
}
