package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Who changed what, for the team; of deleted things too, by id. */
@Path("/v1/companies/{ref}/history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {
  private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

  private final Jdbi jdbi;
  private final CompanyEditing companies;
  private final Exchange exchange;

  HistoryResource(Jdbi jdbi, CompanyEditing companies, Exchange exchange) {
    this.jdbi = jdbi;
    this.companies = companies;
    this.exchange = exchange;
  }

  private record Found(long total, List<History.Entry> entries) {}

  @GET
  public Response list(@PathParam("ref") String ref) {
    QueryParameters parameters = exchange.parameters();
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    String cursor = PrivatePage.cursor(asked, REVISION);
    Found found =
        jdbi.withHandle(
            database -> {
              String type = companies.type();
              String id =
                  companies.find(database, ref).orElseGet(() -> ref.toLowerCase(Locale.ROOT));
              long total = History.count(database, type, id);
              if (total == 0) {
                throw Refusals.notFound();
              }
              Long before = cursor == null ? null : Long.valueOf(cursor);
              return new Found(total, History.of(database, type, id, before, asked.limit() + 1));
            });
    return PrivatePage.respond(
        exchange,
        asked,
        found.total(),
        found.entries(),
        each -> Long.toString(each.revision()),
        each -> each);
  }
}
