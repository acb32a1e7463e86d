package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** One company that takes part in a Factory. */
@Path("/v1/factories/{slug}/companies/{ref}")
@Produces(MediaType.APPLICATION_JSON)
public class ParticipantResource {
  private final Writes writes;
  private final FactoryEditing factories;
  private final CompanyEditing companies;
  private final FactoryPlace place;
  private final Exchange exchange;
  private final CurrentCaller current;

  ParticipantResource(
      Writes writes,
      FactoryEditing factories,
      CompanyEditing companies,
      FactoryPlace place,
      Exchange exchange,
      CurrentCaller current) {
    this.writes = writes;
    this.factories = factories;
    this.companies = companies;
    this.place = place;
    this.exchange = exchange;
    this.current = current;
  }

  /** Takes the company out: a member its own, the leads and the team any; never a lead. */
  @DELETE
  public Response leave(@PathParam("slug") String slug, @PathParam("ref") String ref) {
    exchange.parameters().check();
    Caller caller = current.get();
    long revision =
        writes
            .run(
                caller,
                database -> {
                  String factory = factories.lock(database, slug).orElseThrow(Refusals::notFound);
                  String company = companies.find(database, ref).orElse(null);
                  boolean own =
                      caller.is(Role.MEMBER) && String.valueOf(caller.company()).equals(company);
                  if (!own) {
                    place.requireLead(database, factory);
                  }
                  if (company == null) {
                    throw Refusals.notFound();
                  }
                  JoiningRequests.leave(database, factory, UUID.fromString(company));
                  return company;
                })
            .revision();
    return exchange.unshared(Response.noContent().header(Writes.REVISION, revision));
  }
}
