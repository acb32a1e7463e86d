package fr.digital113.directory.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells where to report a weakness (RFC 9116). Without a contact there is no such file: the RFC
 * asks for one.
 */
@Singleton
class SecurityTxt {
  private static final String PATH = "/.well-known/security.txt";
  // The RFC recommends less than a year
  private static final Duration GOOD_FOR = Duration.ofDays(180);

  private final List<String> contacts;

  SecurityTxt(WebSettings settings) {
    this.contacts = settings.securityContact().orElse(List.of());
  }

  void register(@Observes Router router) {
    if (!contacts.isEmpty()) {
      router.route(HttpMethod.GET, PATH).handler(this::answer);
      router.route(HttpMethod.HEAD, PATH).handler(this::answer);
    }
  }

  private void answer(RoutingContext exchange) {
    String text = text(Instant.now());
    exchange
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
        .end(text);
  }

  /** It never lapses: it is good for half a year from today, whenever that is. */
  private String text(Instant now) {
    return contacts.stream().map("Contact: %s\n"::formatted).collect(Collectors.joining())
        + "Expires: %s\n".formatted(now.truncatedTo(ChronoUnit.DAYS).plus(GOOD_FOR))
        + "Preferred-Languages: fr, en\n";
  }
}
