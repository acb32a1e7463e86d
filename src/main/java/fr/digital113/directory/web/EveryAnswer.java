package fr.digital113.directory.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every path, static files included: the date that caches count from (RFC 9110,
 * 6.6.1), and what tells a browser to do no more with an answer than it is meant for.
 */
@Singleton
class EveryAnswer {
  /** Before anything may answer. */
  private static final int PRIORITY = 400;

  private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
  private static final String HOME_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  // Its page has a script and styles of its own inside; images are drawn from data: addresses
  private static final String SWAGGER_UI_POLICY =
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String HTTPS_FOR_A_YEAR = "max-age=31536000";

  void register(@Observes Filters filters) {
    filters.register(EveryAnswer::handle, PRIORITY);
  }

  private static void handle(RoutingContext exchange) {
    head(exchange);
    exchange.next();
  }

  static void head(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    String policy = policy(request.path());
    boolean forAll = policy.equals(DATA_POLICY) && isRead(request);
    MultiMap headers =
        exchange
            .response()
            .headers()
            .set(
                HttpHeaders.DATE,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
            .set("X-Content-Type-Options", "nosniff")
            .set("Referrer-Policy", "no-referrer")
            .set("Content-Security-Policy", policy)
            .set("Cross-Origin-Resource-Policy", forAll ? "cross-origin" : "same-origin");
    if (request.isSSL()) {
      headers.set("Strict-Transport-Security", HTTPS_FOR_A_YEAR);
    }
  }

  private static String policy(@Nullable String path) {
    if (path == null) {
      return DATA_POLICY;
    }
    if (path.equals("/") || path.equals("/index.html")) {
      return HOME_POLICY;
    }
    return path.equals("/q/swagger-ui") || path.startsWith("/q/swagger-ui/")
        ? SWAGGER_UI_POLICY
        : DATA_POLICY;
  }

  private static boolean isRead(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }
}
