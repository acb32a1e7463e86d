package fr.digital113.directory.statistics;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.formats.Column;
import fr.digital113.directory.formats.Layout;
import fr.digital113.directory.formats.Shape;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Items;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.index.Sorting;
import fr.digital113.directory.statistics.cubes.CubeWorkbook;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Content;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.RawJson;
import fr.digital113.directory.web.Representation;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Published vintages of the official tables. */
@Path("/v1/statistics/vintages")
@Produces(MediaType.WILDCARD)
class VintageResource {
  private static final Layout LAYOUT =
      Layout.of(
              "vintages",
              new Text("Millésimes publiés", "Published vintages"),
              Credits.CLUSTER,
              VintageIndexing.VintageView.class,
              "id")
          .columns(
              List.of(
                  Column.text("id", "/id", "Identifiant", "Id"),
                  Column.date("asOf", "/asOf", "Situation au", "As of"),
                  Column.moment(
                      "publishedAt", "/publishedAt", "Publié le (UTC)", "Published (UTC)"),
                  Column.text("replaces", "/replaces", "Millésime remplacé", "Vintage replaced"),
                  Column.text("checksum", "/checksum", "SHA-256", "SHA-256"),
                  Column.text("citation", "/citation", "Citation", "Citation"),
                  Column.text("href", "/href", "Adresse", "Address")));

  private final DirectoryIndex index;
  private final Exchange exchange;
  private final CurrentCaller caller;
  private final Vintages vintages;
  private final VintageRequests requests;

  VintageResource(
      DirectoryIndex index,
      Exchange exchange,
      CurrentCaller caller,
      Vintages vintages,
      VintageRequests requests) {
    this.index = index;
    this.exchange = exchange;
    this.caller = caller;
    this.vintages = vintages;
    this.requests = requests;
  }

  /** The newest first. */
  @GET
  public Response list() {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      Page.Asked asked = Page.Asked.of(parameters);
      Shape shape = Shape.ofList(exchange, parameters, LAYOUT);
      parameters.check();
      return Vintages.all()
          .sortedBy(Sorting.byNumber(VintageIndexing.ORDER, true))
          .respond(exchange, snapshot, asked, shape);
    }
  }

  /** The vintage, byte for byte as it was published; or all of its tables as a workbook. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      QueryParameters parameters = exchange.parameters();
      Format format = exchange.format(parameters, List.of(Format.JSON, Format.XLSX));
      parameters.check();
      Items.Found found = Items.get(snapshot, VintageIndexing.TYPE, id, exchange.language());
      Vintages.Published vintage = vintages.get(snapshot, found.id());
      byte[] text = vintage.text().getBytes(StandardCharsets.UTF_8);
      return format == Format.JSON
          ? exchange.item(snapshot.version(), found.revision(), new RawJson(text, 0, text.length))
          : exchange.small(
              snapshot.version(),
              new Representation(format, ""),
              () ->
                  new Content(
                      CubeWorkbook.of(vintage.document().cubes(), exchange.language()),
                      "vintage-" + id + ".xlsx"));
    }
  }

  /** How a vintage stands, and what the auditor found. */
  @GET
  @Path("{id}/audit")
  public Response audit(@PathParam("id") String id) {
    exchange.parameters().check();
    return exchange.unshared(Response.ok(requests.get(id)).type(MediaType.APPLICATION_JSON));
  }

  /** Asks for one; it is computed beside this and then published or refused. */
  @POST
  public Response request(InputStream sent) {
    exchange.parameters().check();
    JsonRequest request = JsonRequest.read(exchange, sent);
    JsonBody body = JsonBody.of(request.json());
    body.required("asOf");
    LocalDate asOf = body.date("asOf");
    Boolean interim = body.flag("interim");
    String replaces = body.text("replaces");
    if (asOf != null && asOf.isAfter(LocalDate.now(Moments.ZONE))) {
      body.error(
          "asOf", "in_the_future", new Text("Ce jour est à venir.", "This day is yet to come."));
    }
    body.check();
    Written<String> written =
        requests.request(
            caller.get(),
            Idempotency.of(exchange, caller.get(), request),
            new VintageRequests.Wanted(
                Objects.requireNonNull(asOf), Boolean.TRUE.equals(interim), replaces));
    return exchange.unshared(
        Response.accepted(requests.get(written.result()))
            .type(MediaType.APPLICATION_JSON)
            .location(URI.create("/v1/statistics/vintages/" + written.result() + "/audit"))
            .header(Writes.REVISION, written.revision()));
  }
}
