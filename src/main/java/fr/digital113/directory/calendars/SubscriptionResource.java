package fr.digital113.directory.calendars;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.access.Grant;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.PrivatePage;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.insiders.Readers;
import fr.digital113.directory.insiders.Reading;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of calendars that show what members, or the team, see; each can be taken back. */
@Path("/v1/calendars")
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionResource {
  private static final int LONGEST_LABEL = 200;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Subscriptions subscriptions;
  private final Owners owners;
  private final Readers readers;
  private final CalendarPages pages;
  private final Exchange exchange;
  private final CurrentCaller current;

  SubscriptionResource(
      Subscriptions subscriptions,
      Owners owners,
      Readers readers,
      CalendarPages pages,
      Exchange exchange,
      CurrentCaller current) {
    this.subscriptions = subscriptions;
    this.owners = owners;
    this.readers = readers;
    this.pages = pages;
    this.exchange = exchange;
    this.current = current;
  }

  /** The calendar itself, for whoever has its address. */
  @GET
  @Path("{token}.ics")
  @Produces(MediaType.WILDCARD)
  public Response calendar(@PathParam("token") String token) {
    Owners.Owner owner = owners.find(new Token(token)).orElseThrow(Subscriptions::notFound);
    try (Reading reading = readers.open(exchange, owner.company() == null, owner.company())) {
      if (reading.reader().isPublic()) {
        throw Subscriptions.notFound(); // the company is no member any more
      }
      QueryParameters parameters = exchange.parameters();
      Filter filter = Filter.of(parameters, reading.snapshot(), Filter.ALL);
      parameters.check();
      Content calendar =
          pages.of(exchange, reading, CalendarPages.ALL, filter, "Digital113", "digital113");
      return exchange.ownDocument(Format.ICS, calendar);
    }
  }

  @GET
  public Response list() {
    QueryParameters parameters = exchange.parameters();
    Page.Asked asked = Page.Asked.of(parameters);
    parameters.check();
    String cursor = PrivatePage.cursor(asked, ID);
    UUID company = company();
    return PrivatePage.respond(
        exchange,
        asked,
        subscriptions.count(company),
        subscriptions.list(company, cursor == null ? null : UUID.fromString(cursor), asked.limit()),
        each -> each.id().toString(),
        each -> each);
  }

  /** Whose alone are shown; null for all of them. */
  private @Nullable UUID company() {
    return current.grant() == Grant.TEAM ? null : current.get().company();
  }

  @POST
  public Response create(InputStream sent) {
    exchange.parameters().check();
    JsonRequest request = JsonRequest.readIfThere(exchange, sent);
    JsonBody body = JsonBody.of(request.json());
    String label = Parser.parsed(body, "label", body.text("label"), Texts.line(LONGEST_LABEL));
    body.check();
    Written<SubscriptionView> made =
        subscriptions.create(
            current.get(),
            Idempotency.of(exchange, current.get(), request),
            label == null ? "" : label);
    return exchange.unshared(
        Response.created(URI.create("/v1/calendars/" + made.result().id()))
            .header(Writes.REVISION, made.revision())
            .entity(made.result()));
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    exchange.parameters().check();
    return exchange.unshared(Response.ok(existing(id)));
  }

  /** Without If-Match: it is urgent, and there is nothing in it that another editor could lose. */
  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("id") String id) {
    exchange.parameters().check();
    Written<UUID> written = subscriptions.delete(current.get(), existing(id).id());
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }

  private SubscriptionView existing(String id) {
    return ID.matcher(id).matches()
        ? subscriptions.find(UUID.fromString(id)).orElseThrow(Subscriptions::notFound)
        : notThere();
  }

  private static SubscriptionView notThere() {
    throw Subscriptions.notFound();
  }
}
