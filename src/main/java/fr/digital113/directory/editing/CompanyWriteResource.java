package fr.digital113.directory.editing;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Writes and history of companies; reads are {@code companies.CompanyResource}. */
@Path("/v1/companies")
@Produces(MediaType.APPLICATION_JSON)
public class CompanyWriteResource {
  private final ItemWrites writes;
  private final Histories histories;
  private final CompanyEditing companies;
  private final Exchange exchange;

  CompanyWriteResource(
      ItemWrites writes, Histories histories, CompanyEditing companies, Exchange exchange) {
    this.writes = writes;
    this.histories = histories;
    this.companies = companies;
    this.exchange = exchange;
  }

  @POST
  public Response create(InputStream body) {
    exchange.parameters().check();
    return writes.create(companies, body);
  }

  @PUT
  @Path("{ref}")
  public Response replace(@PathParam("ref") String ref, InputStream body) {
    exchange.parameters().check();
    return writes.replace(companies, ref, body);
  }

  @PATCH
  @Path("{ref}")
  public Response patch(@PathParam("ref") String ref, InputStream body) {
    exchange.parameters().check();
    return writes.patch(companies, ref, body);
  }

  @DELETE
  @Path("{ref}")
  public Response delete(@PathParam("ref") String ref) {
    exchange.parameters().check();
    return writes.delete(companies, ref);
  }

  @GET
  @Path("{ref}/history")
  public Response history(@PathParam("ref") String ref) {
    return histories.list(companies, ref);
  }
}
