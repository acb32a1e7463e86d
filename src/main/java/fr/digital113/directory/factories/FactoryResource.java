package fr.digital113.directory.factories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.companies.CompanyScope;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Listing;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.initiatives.Initiatives;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.EditViews;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Factories: working groups, each led by two companies. */
@Path("/v1/factories")
@Produces(MediaType.WILDCARD)
public class FactoryResource {
  private static final List<String> STATUSES = List.of("forming", "active", "needs_lead", "closed");

  private final DirectoryIndex index;
  private final Companies companies;
  private final Exchange exchange;
  private final EditViews editViews;
  private final FactoryOfADay ofADay;
  private final ObjectMapper mapper;

  FactoryResource(
      DirectoryIndex index,
      Companies companies,
      Exchange exchange,
      EditViews editViews,
      FactoryOfADay ofADay,
      ObjectMapper mapper) {
    this.index = index;
    this.companies = companies;
    this.exchange = exchange;
    this.editViews = editViews;
    this.ofADay = ofADay;
    this.mapper = mapper;
  }

  /**
   * Who leads and has led.
   *
   * @param revision of the snapshot that it was read from
   */
  record Leads(List<LeadTerms.Term> data, long revision) {}

  @GET
  public Response list() {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      Query query =
          new Query(FactoryIndexing.TYPE)
              .anyOf(FactoryIndexing.STATUS, parameters.anyOf("status", STATUSES))
              .anyOf(FactoryIndexing.SECTOR, Items.named("sector", parameters, snapshot));
      Sorting sorting =
          Sorting.byText(
              FactoryIndexing.NAME,
              "-name".equals(parameters.one("sort", List.of("name", "-name"))));
      Page.Asked asked = Page.Asked.of(parameters);
      Shape shape = Shape.ofList(exchange, parameters, FactoryLayout.LAYOUT);
      parameters.check();
      Listing listing = query.sortedBy(sorting);
      return listing.respond(
          exchange, snapshot, asked, shape, item -> counted(snapshot, item.id(), item.body()));
    }
  }

  @GET
  @Path("{slug}")
  public Response get(@PathParam("slug") String slug) {
    QueryParameters parameters = exchange.parameters();
    LocalDate day = parameters.pastDay(FactoryOfADay.AS_OF, LocalDate.now(Moments.ZONE));
    Shape shape =
        Shape.ofItem(
            exchange, parameters, day == null ? FactoryLayout.LAYOUT : FactoryLayout.OF_A_DAY);
    boolean edit = EditViews.isAsked(parameters, FactoryOfADay.AS_OF);
    parameters.check();
    if (edit) {
      return editViews.respond(FactoryIndexing.TYPE, slug);
    }
    try (Snapshot snapshot = index.acquire(exchange)) {
      Items.Found found = Items.get(snapshot, FactoryIndexing.TYPE, slug, exchange.language());
      if (day != null) {
        return ofADay.respond(exchange, snapshot, found, day, shape);
      }
      return found
          .with(counted(snapshot, found.id(), found.body()))
          .respond(exchange, snapshot, shape);
    }
  }

  @GET
  @Path("{slug}/companies")
  public Response companies(@PathParam("slug") String slug) {
    try (Snapshot snapshot = companies.acquire(exchange)) {
      Items.Found found = Items.get(snapshot, FactoryIndexing.TYPE, slug, exchange.language());
      return companies.list(exchange, snapshot, CompanyScope.inFactory(found.id()));
    }
  }

  /** The pair of today, and those before. */
  @GET
  @Path("{slug}/leads")
  @Produces(MediaType.APPLICATION_JSON)
  public Response leads(@PathParam("slug") String slug) {
    exchange.parameters().check();
    try (Snapshot snapshot = index.acquire(exchange)) {
      String id = Items.get(snapshot, FactoryIndexing.TYPE, slug, exchange.language()).id();
      JsonNode document =
          Objects.requireNonNull(Items.source(snapshot, FactoryIndexing.TYPE, id, mapper));
      return exchange.answer(
          snapshot.version(),
          () -> new Leads(new LeadTerms(snapshot, mapper).of(document), snapshot.revision()));
    }
  }

  private static RawJson counted(Snapshot snapshot, String id, RawJson factory) {
    return factory
        .with("companies", Companies.membersInFactory(snapshot, id))
        .with("initiatives", Initiatives.ofFactory(snapshot, id));
  }
}
