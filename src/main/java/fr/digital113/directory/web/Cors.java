package fr.digital113.directory.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may ask what (CORS): all may read, some may write. In place of the server's own
 * filter, which knows one list of origins for both. Credentials are never cookies, so that no page
 * can use those of its visitor, and reads need no exception for anybody: their headers are the same
 * for every origin, and a shared cache may keep them.
 */
@Singleton
class Cors {
  private static final int PRIORITY = 300;

  /** After the limits, so that a refusal is counted and says what is left. */
  private static final int WRITES_PRIORITY = 270;

  private static final Set<HttpMethod> WRITES =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  private static final String READS = "GET, HEAD, OPTIONS";
  private static final String ALL = READS + ", POST, PUT, PATCH, DELETE";
  private static final String SENT =
      "Accept, Accept-Language, Authorization, Content-Type, Directory-Revision, Idempotency-Key, If-Match, If-None-Match, X-API-Key, X-Request-Id, traceparent";
  private static final CharSequence ALL_ORIGINS = HttpHeaders.createOptimized("*");
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "ETag, Link, Location, Directory-Revision, RateLimit, RateLimit-Policy, Retry-After, Content-Language, Content-Disposition, X-Request-Id");
  private static final String ONE_DAY = "86400";

  private final Set<String> writeOrigins;
  private final Refusals refusals;

  Cors(WebSettings settings, Refusals refusals) {
    this.writeOrigins = Set.copyOf(settings.writeOrigins().orElse(List.of()));
    this.refusals = refusals;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
    filters.register(this::checkWrite, WRITES_PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    HttpMethod asked = preflighted(request, origin);
    letRead(exchange.response());
    boolean write = WRITES.contains(asked == null ? request.method() : asked);
    boolean mayWrite = mayWrite(request, origin);
    if (write && mayWrite && origin != null) {
      exchange
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.VARY, "Origin");
    }
    if (asked == null) {
      exchange.next();
    } else if (write && !mayWrite) {
      refuse(exchange);
    } else {
      exchange
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, mayWrite ? ALL : READS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT)
          .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, ONE_DAY)
          .setStatusCode(204)
          .end();
    }
  }

  /** Also for what browsers send without asking first, such as forms. */
  private void checkWrite(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (WRITES.contains(request.method())
        && !mayWrite(request, request.getHeader(HttpHeaders.ORIGIN))) {
      refuse(exchange);
    } else {
      exchange.next();
    }
  }

  private boolean mayWrite(HttpServerRequest request, @Nullable String origin) {
    return origin == null || isOurs(request, origin) || writeOrigins.contains(origin);
  }

  /** Lets every page read the answer. */
  static void letRead(HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ALL_ORIGINS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }

  /** The method that a browser asks for, before it sends the request itself. */
  private static @Nullable HttpMethod preflighted(
      HttpServerRequest request, @Nullable String origin) {
    String method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    return origin == null || method == null || !request.method().equals(HttpMethod.OPTIONS)
        ? null
        : WRITES.stream()
            .filter(each -> each.name().equals(method))
            .findFirst()
            .orElse(HttpMethod.GET); // whatever it is, it is no write that we know
  }

  /**
   * Whether the page comes from here, as the documentation does. Browsers say so themselves; older
   * ones are known by the Host, whatever the scheme: TLS may end in front of us.
   */
  private static boolean isOurs(HttpServerRequest request, String origin) {
    return "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
        || origin.equals("http://" + request.authority())
        || origin.equals("https://" + request.authority());
  }

  private void refuse(RoutingContext exchange) {
    refusals.refuse(
        exchange,
        new ProblemException(
            ProblemType.FORBIDDEN,
            new Text(
                "Les pages de cette origine peuvent lire, non écrire (DIRECTORY_WRITE_ORIGINS).",
                "Pages of this origin may read, not write (DIRECTORY_WRITE_ORIGINS).")));
  }
}
