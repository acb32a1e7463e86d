package fr.digital113.directory.statistics;

import fr.digital113.directory.web.Exchange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The catalogue of the statistics, and their datasets. */
@Path("/v1/statistics")
@Produces(MediaType.WILDCARD)
public class StatisticsResource {
  private final Exchange exchange;
  private final Catalogue catalogue;
  private final CompaniesDataset companies;
  private final GrowthDataset growth;
  private final ObjectivesDataset objectives;
  private final FactoriesDataset factories;

  StatisticsResource(
      Exchange exchange,
      Catalogue catalogue,
      CompaniesDataset companies,
      GrowthDataset growth,
      ObjectivesDataset objectives,
      FactoriesDataset factories) {
    this.exchange = exchange;
    this.catalogue = catalogue;
    this.companies = companies;
    this.growth = growth;
    this.objectives = objectives;
    this.factories = factories;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response catalogue() {
    return catalogue.respond(exchange);
  }

  @GET
  @Path("companies")
  public Response companies() {
    return companies.respond(exchange);
  }

  @GET
  @Path("growth")
  public Response growth() {
    return growth.respond(exchange);
  }

  @GET
  @Path("objectives")
  public Response objectives() {
    return objectives.respond(exchange);
  }

  @GET
  @Path("factories")
  public Response factories() {
    return factories.respond(exchange);
  }
}
