package fr.digital113.directory.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What holds for every path, static files included: the date that caches count from (RFC 9110,
 * 6.6.1), and a problem document for an address that is no URI, which the layers behind would
 * refuse without a word.
 */
@Singleton
class EveryAnswer {
  /** After CORS (300), whose headers belong on every answer. */
  private static final int PRIORITY = 250;

  private final ObjectMapper mapper;

  EveryAnswer(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    exchange
        .response()
        .putHeader(
            HttpHeaders.DATE,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    if (isUri(exchange.request())) {
      exchange.next();
    } else {
      refuse(exchange);
    }
  }

  private static boolean isUri(HttpServerRequest request) {
    try {
      URI uri = new URI(request.uri());
      return uri.getPath() != null;
    } catch (URISyntaxException illegal) {
      return false;
    }
  }

  private void refuse(RoutingContext exchange) {
    ProblemException problem =
        new ProblemException(
            ProblemType.MALFORMED_REQUEST,
            new Text(
                "L'adresse contient des caractères qui doivent être encodés (RFC 3986).",
                "The address holds characters that must be percent-encoded (RFC 3986)."));
    Language language =
        Language.preferred(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    try {
      exchange
          .response()
          .setStatusCode(problem.type().status())
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
          .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .end(mapper.writeValueAsString(ProblemBody.of(problem, null, language)));
    } catch (JsonProcessingException failure) {
      exchange.fail(failure);
    }
  }
}
