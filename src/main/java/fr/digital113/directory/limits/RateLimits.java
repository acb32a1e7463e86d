package fr.digital113.directory.limits;

import fr.digital113.directory.web.ClientAddress;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Refusals;
import fr.digital113.directory.web.SentCredentials;
import fr.digital113.directory.web.Text;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Counts requests, of known keys by their holder, of all others by client address, and says in each
 * answer what is left (draft-ietf-httpapi-ratelimit-headers). Probes are not counted: whoever asks
 * too much must not have the program restarted. See ADR 11.
 */
@Singleton
class RateLimits {
  /** After CORS (300), whose headers a refusal needs and whose preflights are free. */
  private static final int PRIORITY = 280;

  private static final Logger LOG = Logger.getLogger(RateLimits.class);

  private final LimitSettings settings;
  private final List<Quotas> quotas;
  private final Refusals refusals;
  private final CallerMetrics metrics;
  private final boolean proxied;
  private final Buckets buckets = new Buckets();
  private final LimitFields.OfEach fields = new LimitFields.OfEach();
  private final AtomicBoolean warned = new AtomicBoolean();

  RateLimits(
      LimitSettings settings,
      @All List<Quotas> quotas,
      Refusals refusals,
      CallerMetrics metrics,
      @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding") boolean proxied) {
    this.settings = settings;
    this.quotas = quotas;
    this.refusals = refusals;
    this.metrics = metrics;
    this.proxied = proxied;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext exchange) {
    if (isProbe(exchange.normalizedPath())) {
      exchange.next();
      return;
    }
    HttpServerRequest request = exchange.request();
    List<byte[]> credentials = SentCredentials.hashes(exchange);
    Optional<Quota> known = known(credentials);
    Quota quota =
        known.orElseGet(
            () ->
                new Quota(
                    ClientAddress.of(request.remoteAddress()),
                    "default",
                    settings.requestsPerMinute()));
    long perMinute = Math.max(1, quota.requestsPerMinute() / settings.processes());
    Bucket bucket = buckets.of(quota.holder(), perMinute);
    boolean guess = !credentials.isEmpty() && known.isEmpty();
    // In advance, so that many guesses at once cost as much as one after the other
    long cost = guess ? Math.min(perMinute, settings.unknownCredentialCost()) : 1;
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(cost);
    metrics.count(quota, probe.isConsumed());
    LimitFields head = fields.of(quota.policy(), perMinute);
    if (!probe.isConsumed()) {
      refuse(exchange, head, probe);
      return;
    }
    head.write(exchange.response(), probe.getRemainingTokens());
    if (guess) {
      exchange.addHeadersEndHandler(
          ignored -> {
            if (exchange.response().getStatusCode() != ProblemType.UNAUTHENTICATED.status()) {
              bucket.addTokens(cost - 1);
              head.write(exchange.response(), bucket.getAvailableTokens());
            }
          });
    }
    exchange.next();
  }

  private static boolean isProbe(String path) {
    return path.equals("/q/health") || path.startsWith("/q/health/") || path.equals("/q/metrics");
  }

  /**
   * Somebody who sends two credentials is known when both are: a good one must not hide guesses.
   */
  private Optional<Quota> known(List<byte[]> credentials) {
    if (credentials.isEmpty()) {
      return Optional.empty();
    }
    Optional<Quota> first = Optional.empty();
    for (byte[] credential : credentials) {
      Optional<Quota> quota =
          quotas.stream().flatMap(each -> each.of(credential).stream()).findFirst();
      if (quota.isEmpty()) {
        return Optional.empty();
      }
      first = first.or(() -> quota);
    }
    return first;
  }

  private void refuse(RoutingContext exchange, LimitFields head, ConsumptionProbe probe) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
    HttpServerResponse response = exchange.response();
    head.write(response, probe.getRemainingTokens(), seconds);
    response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    warnOfAProxy(exchange.request());
    refusals.refuse(
        exchange,
        new ProblemException(
            ProblemType.TOO_MANY_REQUESTS,
            new Text(
                    "La limite de %d requêtes par minute est atteinte ; réessayez dans %d s.",
                    "The limit of %d requests a minute is reached; try again in %d s.")
                .with(head.perMinute(), seconds)));
  }

  /** Behind a proxy that is not trusted everybody is one client: the operator should hear of it. */
  private void warnOfAProxy(HttpServerRequest request) {
    boolean forwarded =
        request.headers().contains("X-Forwarded-For") || request.headers().contains("Forwarded");
    if (forwarded && !proxied && warned.compareAndSet(false, true)) {
      LOG.warn(
          "A request over the limit names the client it was forwarded for, and no proxy is trusted: all clients of a"
              + " proxy share one limit until QUARKUS_HTTP_PROXY_TRUSTED_PROXIES is set (docs/operations/settings.md)");
    }
  }
}
