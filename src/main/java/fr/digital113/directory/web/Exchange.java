package fr.digital113.directory.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request: its parameters and language, and the answer with validators and caching headers. */
@RequestScoped
public class Exchange {
  private static final String PUBLIC_CACHING =
      "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";
  static final String VARY =
      "Accept, Accept-Language, Accept-Encoding, Authorization, X-API-Key, Directory-Revision";
  private static final String NOT_KEPT = "private, no-store";
  private static final String ASKED_EACH_TIME = "private, no-cache";
  private static final String LANG = "lang";
  private static final String LEAST_REVISION = "Directory-Revision";
  private static final Pattern REVISION = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final ObjectMapper mapper;
  private final UriInfo uri;
  private final HttpHeaders headers;
  private final RoutingContext routing;
  private final Streams streams;
  private final Audience audience;
  private final Map<String, String> resolved = new LinkedHashMap<>();

  @Inject
  Exchange(
      ObjectMapper mapper,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      RoutingContext routing,
      Streams streams,
      Audience audience) {
    this.mapper = mapper;
    this.routing = routing;
    this.streams = streams;
    this.audience = audience;
    this.uri = uri;
    this.headers = headers;
  }

  /** The query string, with {@code lang} already read and checked. */
  public QueryParameters parameters() {
    QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
    parameters.one(LANG, List.of("fr", "en"));
    return parameters;
  }

  /** Whom the request is from, as limits count. */
  public String client() {
    return ClientAddress.of(routing.request().remoteAddress());
  }

  /** Does something, once, when the answer is sent or nobody waits for it any more. */
  public void atEnd(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    Runnable once =
        () -> {
          if (done.compareAndSet(false, true)) {
            action.run();
          }
        };
    routing.addEndHandler(ended -> once.run());
    if (routing.response().closed() || routing.response().ended()) {
      once.run(); // over before anybody could be told
    }
  }

  /** The language of the answer: {@code lang}, else {@code Accept-Language}, else French. */
  public Language language() {
    return Language.of(uri, headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  /**
   * The revision that the answer has to hold at least ({@code Directory-Revision}); null when any
   * will do.
   *
   * @throws ProblemException 400 when the header is no revision
   */
  public @Nullable Long leastRevision() {
    String given = headers.getHeaderString(LEAST_REVISION); // several are joined by commas
    if (given == null) {
      return null;
    }
    if (!REVISION.matcher(given.strip()).matches()) {
      Text message =
          new Text(
              "Directory-Revision est un numéro de révision, par exemple celui que répond une écriture.",
              "Directory-Revision is the number of a revision, such as a write answers.");
      throw new ProblemException(
          ProblemType.INVALID_PARAMETER,
          message,
          List.of(new ProblemException.FieldError(LEAST_REVISION, "invalid_revision", message)));
    }
    return Long.valueOf(given.strip());
  }

  /**
   * The path and query of this request with another cursor, or none. Parameters are in the order of
   * their names: whoever asks in another order is answered the same.
   */
  public String withCursor(@Nullable String cursor) {
    String path = uri.getRequestUri().getRawPath();
    String query = CanonicalQuery.of(uri.getRequestUri().getRawQuery());
    Stream<String> kept =
        query.isEmpty()
            ? Stream.empty()
            : Arrays.stream(query.split("&")).filter(each -> !isNamed("cursor", each));
    String named =
        Stream.concat(
                kept,
                resolved.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()))
            .collect(Collectors.joining("&"));
    String replaced =
        Stream.of(CanonicalQuery.of(named), cursor == null ? "" : "cursor=" + cursor)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining("&"));
    return replaced.isEmpty() ? path : path + "?" + replaced;
  }

  private static boolean isNamed(String name, String parameter) {
    return URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8).equals(name);
  }

  /**
   * Gives a parameter that the request leaves out the value that its absence means today. Links
   * name it, so that they lead to the same list tomorrow.
   *
   * @param value that needs no encoding
   */
  public void resolve(String name, String value) {
    resolved.put(name, value);
  }

  /** The path and query of this request. */
  public String request() {
    return withCursor(null);
  }

  /**
   * A page of a list. Its ETag is the revision that the page was read at, so a 304 costs no search.
   *
   * @param page runs the search; not called when the caller already has this revision
   * @param view what the page looks like in the format of the answer; any Jackson value
   */
  public Response list(
      Version version, Representation as, Supplier<Page> page, Function<Page, Object> view) {
    return answer(
        version,
        as,
        () -> {
          Page answer = page.get();
          ResponseBuilder response = ok(bytes(view.apply(answer)), as.format());
          link(response, "first", withCursor(null));
          link(response, "prev", answer.page().prev());
          link(response, "next", answer.page().next());
          return licensed(response);
        });
  }

  /**
   * All of a list as a file, written while it is read. Its ETag is one of a list.
   *
   * @param body what to write; not called when the caller already has this revision
   * @throws ProblemException when too many are written at the moment, or over HTTP/1.0
   */
  public Response whole(Version version, Representation as, String fileName, Supplier<Body> body) {
    EntityTag tag = tag(version.revision(), version, as.key(language()), as.format());
    Slots slots = version.isPrivate() ? streams.team() : streams.everybody();
    return finish(
        isKnown(tag)
            ? Response.notModified(tag)
            : licensed(file(slots, as.format(), fileName, body).tag(tag)),
        version);
  }

  /**
   * A file that depends on who asks, written while it is read.
   *
   * @throws ProblemException when too many are written at the moment, or over HTTP/1.0
   */
  public Response unsharedFile(Format format, String fileName, Body body) {
    return unshared(file(streams.team(), format, fileName, () -> body));
  }

  private ResponseBuilder file(Slots slots, Format format, String fileName, Supplier<Body> body) {
    Streams.requireChunks(routing);
    Body all = body.get();
    ResponseBuilder response = Response.ok();
    if (isHead()) {
      all.close();
    } else {
      response.entity(streams.stream(routing, slots, all));
    }
    return named(response.type(format.contentType()), "attachment", fileName);
  }

  private boolean isHead() {
    return routing.request().method().equals(HttpMethod.HEAD);
  }

  private static ResponseBuilder licensed(ResponseBuilder response) {
    link(response, "license", Credits.LICENCE_URL);
    return response;
  }

  /**
   * Another answer that follows from a snapshot alone, with the validator of a list.
   *
   * @param view makes it; not called when the caller already has this revision
   */
  public Response answer(Version version, Supplier<?> view) {
    return answer(
        version, new Representation(Format.JSON, ""), () -> ok(bytes(view.get()), Format.JSON));
  }

  /**
   * The same in any format, for answers that are small enough to be made in memory.
   *
   * @param content makes it; not called when the caller already has this revision
   */
  public Response small(Version version, Representation as, Supplier<Content> content) {
    return answer(
        version,
        as,
        () -> {
          Content whole = content.get();
          ResponseBuilder response = licensed(ok(whole.bytes(), as.format()));
          return whole.fileName() == null
              ? response
              : named(response, "attachment", whole.fileName());
        });
  }

  private Response answer(Version version, Representation as, Supplier<ResponseBuilder> response) {
    EntityTag tag = tag(version.revision(), version, as.key(language()), as.format());
    return keep(
        finish(isKnown(tag) ? Response.notModified(tag) : response.get().tag(tag), version),
        version);
  }

  private static ResponseBuilder named(ResponseBuilder response, String kind, String fileName) {
    return response.header(
        HttpHeaders.CONTENT_DISPOSITION, kind + "; filename=\"" + fileName + "\"");
  }

  /**
   * A document that programs ask for again and again. Its ETag names what it says, so that a
   * revision that leaves it as it is costs nobody anything.
   *
   * @param version of what it was read from
   */
  public Response document(Version version, Format format, Content content) {
    EntityTag tag = documentTag(content, format);
    return keep(finish(document(tag, format, content), version), version);
  }

  /**
   * The same of one that its reader alone may have, by its address: its program keeps it, and asks
   * each time whether it still may.
   */
  public Response ownDocument(Format format, Content content) {
    return stated(document(documentTag(content, format), format, content), ASKED_EACH_TIME);
  }

  private ResponseBuilder document(EntityTag tag, Format format, Content content) {
    if (isKnown(tag)) {
      return Response.notModified(tag);
    }
    ResponseBuilder response = licensed(ok(content.bytes(), format).tag(tag));
    return content.fileName() == null ? response : named(response, "inline", content.fileName());
  }

  private EntityTag documentTag(Content content, Format format) {
    String gzip = isCompressed(format) ? ".gzip" : "";
    return new EntityTag(digest(content.bytes()) + "." + language().tag() + gzip);
  }

  private static void link(ResponseBuilder response, String relation, @Nullable String target) {
    if (target != null) {
      response.header(HttpHeaders.LINK, "<" + target + ">; rel=\"" + relation + "\"");
    }
  }

  /**
   * One item as JSON. Its ETag carries the item's last change first; the rest tells representations
   * of it apart.
   *
   * @param itemRevision when what is shown of the item last moved
   */
  public Response item(Version version, long itemRevision, Object view) {
    return item(version, itemRevision, Format.JSON, view);
  }

  /** One item in any format that is JSON. */
  public Response item(Version version, long itemRevision, Format format, Object view) {
    byte[] body = bytes(view);
    EntityTag tag = tag(itemRevision, version, digest(body), format);
    return keep(
        finish(
            isKnown(tag) ? Response.notModified(tag) : licensed(ok(body, format).tag(tag)),
            version),
        version);
  }

  /**
   * The format that {@code format} names, else the one that {@code Accept} wants most.
   *
   * @param offered the first is for who wants any
   * @throws ProblemException 406 when none is wanted
   */
  public Format format(QueryParameters parameters, List<Format> offered) {
    Map<String, Format> byName = new LinkedHashMap<>();
    offered.forEach(each -> byName.put(each.parameter(), each));
    String asked = parameters.one("format", byName.keySet());
    if (asked != null) {
      return byName.getOrDefault(asked, offered.get(0));
    }
    if (parameters.has("format")) {
      return offered.get(0); // the mistake is told by the parameters
    }
    String accept = headers.getHeaderString(HttpHeaders.ACCEPT);
    Format best = Accept.of(accept).best(offered);
    if (best == null) {
      throw new ProblemException(ProblemType.NOT_ACCEPTABLE, ProblemMappers.NO_FORMAT);
    }
    return best;
  }

  /** An answer that depends on who asks: no cache keeps it. */
  public Response unshared(ResponseBuilder response) {
    return response
        .header(HttpHeaders.CACHE_CONTROL, NOT_KEPT)
        .header(HttpHeaders.VARY, VARY)
        .header(HttpHeaders.CONTENT_LANGUAGE, language().tag())
        .build();
  }

  /** A header of the request; null when it is absent. */
  public @Nullable String header(String name) {
    return headers.getHeaderString(name);
  }

  /** Whether nobody waits for the answer any more. */
  boolean isLeft() {
    return routing.response().closed();
  }

  /** The id of the request; null outside of one. */
  @Nullable String requestId() {
    return RequestId.of(routing);
  }

  /** The method and path of the request, its query left out. */
  public String target() {
    return routing.request().method() + " " + uri.getRequestUri().getRawPath();
  }

  /**
   * The answer to a write, or to somebody who is about to: private, with the ETag that {@link
   * IfMatch} compares.
   *
   * @param version the item's last change, private ones included
   */
  public Response edited(ResponseBuilder response, Version version, Object view) {
    return unshared(
        response
            .type(Format.JSON.contentType())
            .entity(bytes(view))
            .tag(tag(version.revision(), version, "edit", Format.JSON)));
  }

  /** Compressed here, not by the server, so that it is done once for all who ask. */
  private ResponseBuilder ok(byte[] body, Format format) {
    ResponseBuilder response = Response.ok(null, format.contentType());
    return isCompressed(format)
        ? response.entity(Gzip.compress(body)).header(HttpHeaders.CONTENT_ENCODING, "gzip")
        : response.entity(body);
  }

  private boolean isCompressed(Format format) {
    return format.isCompressible() && Gzip.isWanted(routing.request());
  }

  /**
   * Lets {@link RepresentationCache} keep an answer, if it is one for everybody. Not for files,
   * which are written while they are read.
   */
  Response keep(Response answer, Version version) {
    if (!version.isPrivate() && isForEverybody()) {
      boolean unchanged = answer.getStatus() == Response.Status.NOT_MODIFIED.getStatusCode();
      byte[] body = answer.getEntity() instanceof byte[] bytes ? bytes : new byte[0];
      new PublicAnswer(version, unchanged ? null : body).mark(routing);
    }
    return answer;
  }

  private boolean isForEverybody() {
    return audience.isEverybody() && headers.getHeaderString(LEAST_REVISION) == null;
  }

  /** A strong tag, so a compressed answer has another one than the same answer in plain. */
  private EntityTag tag(long revision, Version version, String representation, Format format) {
    String compression = isCompressed(format) ? ".gzip" : "";
    return new EntityTag(revision + "." + version.key() + '.' + representation + compression);
  }

  private boolean isKnown(EntityTag tag) {
    return ETags.name(headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH), tag.getValue());
  }

  private Response finish(ResponseBuilder response, Version version) {
    return stated(response, version.isPrivate() ? NOT_KEPT : caching());
  }

  private Response stated(ResponseBuilder response, String caching) {
    return response
        .header(HttpHeaders.CACHE_CONTROL, caching)
        .header(HttpHeaders.VARY, VARY)
        .header(HttpHeaders.CONTENT_LANGUAGE, language().tag())
        .build();
  }

  /** How long caches may keep what is public, in an answer to this request. */
  String caching() {
    return isForEverybody() ? PUBLIC_CACHING : NOT_KEPT;
  }

  private byte[] bytes(Object view) {
    try {
      return mapper.writeValueAsBytes(view);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot write an answer", failure);
    }
  }

  private static String digest(byte[] body) {
    return HexFormat.of().formatHex(Sha256.of(body), 0, 8);
  }
}
