package fr.digital113.directory.web;

import fr.digital113.directory.web.AnswersOfAVersion.Landing;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers public reads from memory, on the event loop, with the bytes that the same request had
 * before, as long as the version that they were read at is still the newest. Of many that ask for
 * the same at once one is let through. See ADR 14.
 */
@Singleton
class RepresentationCache {
  /** After all that may refuse a request, so that what it is given is counted like any other. */
  private static final int PRIORITY = 220;

  /** How long a request waits for another one that asks for the same. */
  private static final long PATIENCE_MILLIS = 5_000;

  private static final CharSequence LEAST_REVISION =
      HttpHeaders.createOptimized("Directory-Revision");

  /** Unless a setting says otherwise: more would leave a small heap too little for its requests. */
  private static final int SHARE_OF_THE_HEAP = 8;

  private static final long ENOUGH = 64 << 20;

  private final long maxSize;
  private final long maxBodySize;
  private final NewestVersion newest;
  private final PublicReaders readers;
  private final RequestMetrics metrics;
  private final LongAdder answered = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private volatile @Nullable AnswersOfAVersion current;

  RepresentationCache(
      CacheSettings settings, NewestVersion newest, PublicReaders readers, RequestMetrics metrics) {
    this.maxSize =
        settings
            .maxSize()
            .map(MemorySize::asLongValue)
            .orElse(Math.min(ENOUGH, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP));
    this.maxBodySize = settings.maxBodySize().asLongValue();
    this.newest = newest;
    this.readers = readers;
    this.metrics = metrics;
  }

  void register(@Observes Filters filters) {
    if (maxSize > 0) {
      filters.register(this::handle, PRIORITY);
    }
  }

  private void handle(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    AnswersOfAVersion answers = mayBeKept(request) ? current() : null;
    if (answers == null || !readers.has(exchange)) {
      exchange.next();
      return;
    }
    Negotiation wanted = Negotiation.of(request);
    if (!wanted.isReadable()) {
      exchange.next();
      return;
    }
    AnswersOfAVersion.Key key =
        new AnswersOfAVersion.Key(request.path(), CanonicalQuery.of(request.query()), wanted);
    if (answer(exchange, answers.get(key))) {
      return;
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      exchange.next();
      return;
    }
    CompletableFuture<Landing> mine = new CompletableFuture<>();
    CompletableFuture<Landing> flight = answers.join(key, mine);
    if (flight != mine) {
      await(exchange, flight);
    } else if (!landsAtOnce(exchange, answers, key, mine)) {
      letThrough(exchange, answers, key, mine);
    }
  }

  /** What else decides about an answer is in its key, or the same for all of a version. */
  private static boolean mayBeKept(HttpServerRequest request) {
    MultiMap headers = request.headers();
    return (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
        && !request.path().startsWith("/q/")
        && !headers.contains(LEAST_REVISION)
        && !hasBody(headers)
        && RequestLimits.hasShortHeaders(request);
  }

  /** Some clients say of every request that it has no body. */
  private static boolean hasBody(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return headers.contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  /** The answers of what the public reads now; those of an older version go. */
  @Nullable AnswersOfAVersion current() {
    Version version = newest.get();
    AnswersOfAVersion answers = current;
    if (version == null || (answers != null && answers.version().equals(version))) {
      return version == null ? null : answers;
    }
    return renewed();
  }

  private synchronized @Nullable AnswersOfAVersion renewed() {
    Version version = newest.get(); // again: another thread may have seen a newer one meanwhile
    AnswersOfAVersion answers = current;
    if (version != null && (answers == null || !answers.version().equals(version))) {
      current = new AnswersOfAVersion(version, maxSize);
      if (answers != null) {
        answers.forget();
      }
    }
    return current;
  }

  private boolean answer(RoutingContext exchange, @Nullable KeptAnswer kept) {
    if (kept == null || !kept.isAnswerTo(exchange)) {
      return false;
    }
    metrics.fromMemory(exchange, kept.route());
    kept.send(exchange);
    answered.increment();
    return true;
  }

  /** Whether another request has ended between the look and the take-off. */
  private boolean landsAtOnce(
      RoutingContext exchange,
      AnswersOfAVersion answers,
      AnswersOfAVersion.Key key,
      CompletableFuture<Landing> me) {
    KeptAnswer kept = answers.get(key);
    if (!answer(exchange, kept)) {
      return false;
    }
    answers.land(key, me, new Landing(kept, false));
    return true;
  }

  private void letThrough(
      RoutingContext exchange,
      AnswersOfAVersion answers,
      AnswersOfAVersion.Key key,
      CompletableFuture<Landing> me) {
    exchange.addHeadersEndHandler(
        sent -> {
          KeptAnswer kept = keepable(exchange);
          AnswersOfAVersion now = current();
          if (kept != null && now != null && now.version().equals(kept.version())) {
            now.keep(key, kept);
          }
          answers.land(key, me, kept == null ? Landing.NOT_KEPT : new Landing(kept, false));
        });
    exchange.addEndHandler(over -> answers.land(key, me, Landing.LOST));
    exchange.next();
  }

  private @Nullable KeptAnswer keepable(RoutingContext exchange) {
    PublicAnswer answer = PublicAnswer.of(exchange);
    if (answer == null) {
      return null;
    }
    byte[] body = answer.body();
    int status = exchange.response().getStatusCode();
    boolean fits = body == null || body.length <= maxBodySize;
    return fits && answer.isSentAs(status)
        ? KeptAnswer.of(answer, status, exchange.response().headers(), metrics.route(exchange))
        : null;
  }

  /**
   * Waits without a thread. The version that the other one reads is at least the one that was the
   * newest when this one came, as it acquires it later.
   */
  private void await(RoutingContext exchange, CompletableFuture<Landing> flight) {
    waiting.increment();
    metrics.follow(exchange);
    HttpServerRequest request = exchange.request().pause();
    Context context = exchange.vertx().getOrCreateContext();
    CompletableFuture<Landing> mine = flight.thenApply(landing -> landing);
    long timer =
        exchange.vertx().setTimer(PATIENCE_MILLIS, late -> mine.complete(Landing.NOT_KEPT));
    var unused =
        mine.thenAccept(
            landing -> {
              exchange.vertx().cancelTimer(timer);
              context.runOnContext(
                  now -> {
                    waiting.decrement();
                    request.resume();
                    goOn(exchange, landing);
                  });
            });
  }

  private void goOn(RoutingContext exchange, Landing landing) {
    if (exchange.response().closed() || answer(exchange, landing.answer())) {
      return;
    }
    if (landing.isLost() || landing.answer() != null) {
      handle(exchange);
    } else {
      exchange.next();
    }
  }

  /** Requests that were answered from memory. */
  long answered() {
    return answered.sum();
  }

  /** Requests that wait for another one at the moment. */
  long waiting() {
    return waiting.sum();
  }

  /** The bytes that may be kept. */
  long maxSize() {
    return maxSize;
  }

  /** About the bytes that are kept; an older version that nobody has asked after counts too. */
  long size() {
    AnswersOfAVersion answers = current;
    return answers == null ? 0 : answers.size();
  }
}
