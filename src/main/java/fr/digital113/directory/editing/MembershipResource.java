package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** When a company joined and left the cluster; named by the day it joined. */
@Path("/v1/companies/{ref}/memberships")
@Produces(MediaType.APPLICATION_JSON)
public class MembershipResource {
  private final MembershipWrites memberships;
  private final Exchange exchange;

  MembershipResource(MembershipWrites memberships, Exchange exchange) {
    this.memberships = memberships;
    this.exchange = exchange;
  }

  /** All, the earliest first; also for the company itself. */
  @GET
  public Response list(@PathParam("ref") String ref) {
    exchange.parameters().check();
    return memberships.list(ref);
  }

  @POST
  public Response join(@PathParam("ref") String ref, InputStream body) {
    exchange.parameters().check();
    return memberships.join(ref, body);
  }

  @GET
  @Path("{joinedOn}")
  public Response get(@PathParam("ref") String ref, @PathParam("joinedOn") String joinedOn) {
    exchange.parameters().check();
    return memberships.get(ref, joinedOn);
  }

  /** Ends it, opens it again, or corrects where it came from. */
  @PATCH
  @Path("{joinedOn}")
  public Response change(
      @PathParam("ref") String ref, @PathParam("joinedOn") String joinedOn, InputStream body) {
    exchange.parameters().check();
    return memberships.change(ref, joinedOn, body);
  }

  /** Takes back one that has not begun; others are history. */
  @DELETE
  @Path("{joinedOn}")
  public Response cancel(@PathParam("ref") String ref, @PathParam("joinedOn") String joinedOn) {
    exchange.parameters().check();
    return memberships.cancel(ref, joinedOn);
  }
}
