package fr.digital113.directory.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends requests with a problem before they reach a resource, on the event loop. For all that
 * happens later there is {@link ProblemMappers}.
 */
@Singleton
public class Refusals {
  private static final Pattern LANG = Pattern.compile("(?:^|&)lang=([^&]*)");

  private final ObjectMapper mapper;

  Refusals(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Answers the problem. Headers that the answer already has stay. */
  public void refuse(RoutingContext exchange, ProblemException problem) {
    Language language = language(exchange.request());
    String body;
    try {
      body =
          mapper.writeValueAsString(
              ProblemBody.of(problem, exchange.request().path(), RequestId.of(exchange), language));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot write a problem", impossible);
    }
    exchange
        .response()
        .setStatusCode(problem.type().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body);
  }

  private static Language language(HttpServerRequest request) {
    String query = request.query();
    Matcher asked = LANG.matcher(query == null ? "" : query);
    Language language = asked.find() ? Language.ofTag(asked.group(1)) : null;
    return language == null
        ? Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE))
        : language;
  }
}
