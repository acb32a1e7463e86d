package fr.digital113.directory.web;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer as bytes: what it says of itself, and its body. What the server says to each caller
 * (date, limits, CORS) is not part of it.
 */
final class KeptAnswer {
  /** Whatever else an answer has is of the caller or of the server, and made anew. */
  private static final Set<String> OF_THE_ANSWER =
      Set.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-type",
          "etag",
          "link",
          "location",
          "vary");

  /** Those that a 304 repeats. */
  private static final Set<String> OF_A_304 =
      Set.of("cache-control", "content-language", "etag", "vary");

  /** About what an entry takes beside its texts and its body; and each of its headers. */
  private static final int OVERHEAD = 700;

  private static final int OVERHEAD_OF_A_HEADER = 130;

  private static final int NOT_MODIFIED = 304;

  private record Header(CharSequence name, CharSequence value, boolean isOfA304) {}

  private final Version version;
  private final @Nullable Route route;
  private final int status;
  private final @Nullable String etag;
  private final List<Header> headers;
  private final @Nullable Buffer body;

  private KeptAnswer(
      Version version,
      @Nullable Route route,
      int status,
      @Nullable String etag,
      List<Header> headers,
      @Nullable Buffer body) {
    this.version = version;
    this.route = route;
    this.status = status;
    this.etag = etag;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Takes what is about to be sent, with all its headers.
   *
   * @param route that answered; null when it is not known
   */
  static KeptAnswer of(PublicAnswer answer, int status, MultiMap sent, @Nullable Route route) {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> each : sent) {
      String name = each.getKey().toLowerCase(Locale.ROOT);
      if (OF_THE_ANSWER.contains(name)) {
        headers.add(
            new Header(
                new AsciiString(each.getKey()),
                new AsciiString(each.getValue()),
                OF_A_304.contains(name)));
      }
    }
    byte[] body = answer.body();
    return new KeptAnswer(
        answer.version(),
        route,
        status,
        value(sent.get(HttpHeaders.ETAG)),
        List.copyOf(headers),
        body == null ? null : Buffer.buffer(body));
  }

  private static @Nullable String value(@Nullable String etag) {
    return etag == null ? null : etag.substring(1, etag.length() - 1);
  }

  Version version() {
    return version;
  }

  @Nullable Route route() {
    return route;
  }

  /** Whether it is the answer for all, not only for those who know it already. */
  boolean isWhole() {
    return body != null;
  }

  /** About the bytes that it takes. */
  int size() {
    int size = OVERHEAD + (body == null ? 0 : body.length());
    for (Header each : headers) {
      size += OVERHEAD_OF_A_HEADER + each.name().length() + each.value().length();
    }
    return size;
  }

  /** Not when it is a 304 only, and who asks does not know what it is of. */
  boolean isAnswerTo(RoutingContext exchange) {
    return body != null || isKnown(exchange);
  }

  /** Sends it, or a 304 to who knows it, when {@link #isAnswerTo} says that it is an answer. */
  void send(RoutingContext exchange) {
    HttpServerResponse response = exchange.response();
    if (body == null || isKnown(exchange)) {
      add(response.headers(), true);
      response.setStatusCode(NOT_MODIFIED).end();
      return;
    }
    add(response.headers(), false);
    response.setStatusCode(status).end(body);
  }

  private boolean isKnown(RoutingContext exchange) {
    MultiMap request = exchange.request().headers();
    return etag != null
        && request.contains(HttpHeaders.IF_NONE_MATCH)
        && ETags.name(request.getAll(HttpHeaders.IF_NONE_MATCH), etag);
  }

  private void add(MultiMap target, boolean notModified) {
    for (Header each : headers) {
      if (!notModified || each.isOfA304()) {
        target.add(each.name(), each.value());
      }
    }
  }
}
