package fr.digital113.directory.partners;

import fr.digital113.directory.access.CurrentCaller;
import fr.digital113.directory.editing.Idempotency;
import fr.digital113.directory.editing.Writes;
import fr.digital113.directory.editing.Writes.Written;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.JsonRequest;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The keys of a partner. */
@Path("/v1/partners/{id}/keys")
@Produces(MediaType.APPLICATION_JSON)
class PartnerKeyResource {
  private static final int DEFAULT_OVERLAP_HOURS = 24;
  private static final int MAX_OVERLAP_HOURS = 30 * 24;

  private final Partners partners;
  private final PartnerKeys keys;
  private final Exchange exchange;
  private final CurrentCaller caller;

  record KeyList(List<KeyView> data, PageInfo page) {}

  record PageInfo(int limit, long total) {}

  PartnerKeyResource(Partners partners, PartnerKeys keys, Exchange exchange, CurrentCaller caller) {
    this.partners = partners;
    this.keys = keys;
    this.exchange = exchange;
    this.caller = caller;
  }

  @GET
  public Response list(@PathParam("id") String id) {
    int limit = PartnerResource.limit(exchange);
    UUID partner = partner(id);
    return exchange.unshared(
        Response.ok(
            new KeyList(keys.list(partner, limit), new PageInfo(limit, keys.count(partner)))));
  }

  @POST
  public Response create(@PathParam("id") String id, InputStream sent) {
    exchange.parameters().check();
    UUID partner = partner(id);
    JsonRequest request = JsonRequest.read(exchange, sent);
    KeyRequest wanted = KeyRequest.of(JsonBody.of(request.json()));
    return made(
        keys.create(
            caller.get(), Idempotency.of(exchange, caller.get(), request), partner, wanted));
  }

  /** A new key at once; the old one ends later, when everybody had time to change. */
  @POST
  @Path("{key}/rotate")
  public Response rotate(
      @PathParam("id") String id, @PathParam("key") String key, InputStream sent) {
    exchange.parameters().check();
    UUID partner = partner(id);
    KeyView old = existing(partner, key);
    JsonRequest request = JsonRequest.readIfThere(exchange, sent);
    JsonBody body = JsonBody.of(request.json());
    Integer asked = body.integer("overlapHours", 0, MAX_OVERLAP_HOURS);
    int overlap = asked == null ? DEFAULT_OVERLAP_HOURS : asked;
    OffsetDateTime expiresAt = body.future("expiresAt");
    body.check();
    KeyRequest same =
        new KeyRequest(
            old.label(),
            Set.copyOf(old.roles()),
            Set.copyOf(old.origins()),
            expiresAt == null ? old.expiresAt() : expiresAt);
    return made(
        keys.rotate(
            caller.get(),
            Idempotency.of(exchange, caller.get(), request),
            partner,
            old.id(),
            same,
            overlap));
  }

  private Response made(Written<KeyView> key) {
    return exchange.unshared(
        Response.status(Response.Status.CREATED)
            .header(Writes.REVISION, key.revision())
            .entity(key.result()));
  }

  /** Without If-Match: it is urgent, and there is nothing in it that another editor could lose. */
  @DELETE
  @Path("{key}")
  public Response revoke(@PathParam("id") String id, @PathParam("key") String key) {
    exchange.parameters().check();
    Written<UUID> written = keys.revoke(caller.get(), existing(partner(id), key).id());
    return exchange.unshared(Response.noContent().header(Writes.REVISION, written.revision()));
  }

  private UUID partner(String id) {
    return partners.get(PartnerResource.uuid(id)).partner().id();
  }

  private KeyView existing(UUID partner, String key) {
    try {
      return keys.find(partner, UUID.fromString(key)).orElseThrow(PartnerKeyResource::notFound);
    } catch (IllegalArgumentException nothingHasIt) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        new Text("Ce partenaire n'a pas cette clé.", "The partner has no such key."));
  }
}
