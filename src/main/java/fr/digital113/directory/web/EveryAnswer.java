package fr.digital113.directory.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every path, static files included: the date that caches count from (RFC 9110,
 * 6.6.1), the id of the request, and what tells a browser to do no more with an answer than it is
 * meant for.
 */
@Singleton
class EveryAnswer {
  /** Before anything may answer. */
  private static final int PRIORITY = 400;

  // Every answer has them: they are encoded and checked once
  private static final CharSequence CONTENT_TYPE_OPTIONS = text("X-Content-Type-Options");
  private static final CharSequence NO_SNIFF = text("nosniff");
  private static final CharSequence REFERRER_POLICY = text("Referrer-Policy");
  private static final CharSequence NO_REFERRER = text("no-referrer");
  private static final CharSequence CONTENT_POLICY = text("Content-Security-Policy");
  private static final CharSequence RESOURCE_POLICY = text("Cross-Origin-Resource-Policy");
  private static final CharSequence FOR_ALL = text("cross-origin");
  private static final CharSequence FOR_OURS = text("same-origin");
  private static final CharSequence TRANSPORT_SECURITY = text("Strict-Transport-Security");
  private static final CharSequence HTTPS_FOR_A_YEAR = text("max-age=31536000");
  private static final CharSequence DATA_POLICY =
      text("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence HOME_POLICY =
      text(
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  // Its page has a script and styles of its own inside; images are drawn from data: addresses
  private static final CharSequence SWAGGER_UI_POLICY =
      text(
          "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
              + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  private static volatile Second now = new Second(0);

  /** A second as the Date header writes it: written once, not for each answer. */
  private record Second(long number, CharSequence date) {
    Second(long number) {
      this(
          number,
          text(
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  Instant.ofEpochSecond(number).atZone(ZoneOffset.UTC))));
    }
  }

  void register(@Observes Filters filters) {
    filters.register(EveryAnswer::handle, PRIORITY);
  }

  private static void handle(RoutingContext exchange) {
    head(exchange);
    exchange.next();
  }

  static void head(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    CharSequence policy = policy(request.path());
    boolean forAll = policy == DATA_POLICY && isRead(request);
    MultiMap headers =
        exchange
            .response()
            .headers()
            .set(HttpHeaders.DATE, date())
            .set(CONTENT_TYPE_OPTIONS, NO_SNIFF)
            .set(REFERRER_POLICY, NO_REFERRER)
            .set(CONTENT_POLICY, policy)
            .set(RESOURCE_POLICY, forAll ? FOR_ALL : FOR_OURS);
    RequestId.put(exchange);
    if (request.isSSL()) {
      headers.set(TRANSPORT_SECURITY, HTTPS_FOR_A_YEAR);
    }
  }

  private static CharSequence date() {
    long second = System.currentTimeMillis() / 1_000;
    Second last = now;
    if (last.number() != second) {
      last = new Second(second);
      now = last;
    }
    return last.date();
  }

  private static CharSequence text(String value) {
    return HttpHeaders.createOptimized(value);
  }

  private static CharSequence policy(@Nullable String path) {
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
