package fr.digital113.directory.webhooks;

import fr.digital113.directory.webhooks.Receivers.Receiver;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to receivers. It connects to the address that was looked at and to no other: nothing is
 * resolved again, redirects are not followed, no proxy is asked.
 */
@Singleton
class Sender {
  private static final int CONNECT_SECONDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final int MOST_READ = 4_096;

  private final HttpClient client;
  private final Duration patience;

  @Inject
  Sender(Vertx vertx) {
    this(vertx, new HttpClientOptions(), PATIENCE);
  }

  Sender(Vertx vertx, HttpClientOptions options, Duration patience) {
    this.patience = patience;
    this.client =
        vertx.createHttpClient(
            options
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(CONNECT_SECONDS))
                .setSslHandshakeTimeout(CONNECT_SECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxPoolSize(20));
  }

  @PreDestroy
  void stop() {
    client.close();
  }

  /** Posts a body, and waits for the answer; of its body no more is read than it takes to end. */
  Outcome post(Receiver receiver, Map<String, String> headers, String body) {
    Instant start = Instant.now();
    Exchange exchange = new Exchange();
    client
        .request(options(receiver, headers))
        .onComplete(
            made -> {
              if (made.succeeded()) {
                exchange.begin(made.result(), body);
              } else {
                exchange.answer.completeExceptionally(made.cause());
              }
            });
    try {
      int status = exchange.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Outcome.answered(status, since(start));
    } catch (TimeoutException slow) {
      Integer status = exchange.stop();
      return status == null
          ? Outcome.failed("timed_out", since(start))
          : Outcome.answered(status, since(start)); // an answer whose body does not end
    } catch (ExecutionException failure) {
      return Outcome.failed(code(failure.getCause()), since(start));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      exchange.stop();
      return Outcome.failed("interrupted", since(start));
    }
  }

  private static RequestOptions options(Receiver receiver, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(
                SocketAddress.inetSocketAddress(
                    receiver.port(), receiver.address().getHostAddress()))
            .setHost(receiver.uri().getHost())
            .setPort(receiver.port())
            .setSsl(receiver.isSecure())
            .setFollowRedirects(false)
            .setURI(path(receiver))
            .putHeader(HttpHeaderNames.USER_AGENT, "Digital113-Directory");
    headers.forEach(options::putHeader);
    return options;
  }

  private static String path(Receiver receiver) {
    String path = receiver.uri().getRawPath();
    String query = receiver.uri().getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  private static Duration since(Instant start) {
    return Duration.between(start, Instant.now());
  }

  private static String code(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        return "tls_failed";
      } else if (each instanceof ConnectException) {
        return "connection_failed";
      } else if (each instanceof ClosedChannelException) {
        return "connection_lost";
      }
    }
    return "connection_lost";
  }

  /** One request. Its members are used by the event loop, and by who waits for the answer. */
  private static final class Exchange {
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();
    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable Integer status;
    private int read;

    void begin(HttpClientRequest made, String body) {
      request = made;
      if (answer.isDone()) { // nobody waits any more
        made.reset();
        return;
      }
      made.response().onSuccess(this::read).onFailure(answer::completeExceptionally);
      made.end(Buffer.buffer(body));
    }

    private void read(HttpClientResponse response) {
      status = response.statusCode();
      response
          .exceptionHandler(answer::completeExceptionally)
          .endHandler(end -> answer.complete(response.statusCode()))
          .handler(
              part -> {
                read += part.length();
                if (read > MOST_READ && answer.complete(response.statusCode())) {
                  response.request().reset();
                }
              });
    }

    /** Gives up. Returns the status when there is one. */
    @Nullable Integer stop() {
      answer.cancel(false);
      HttpClientRequest made = request;
      if (made != null) {
        made.reset();
      }
      return status;
    }
  }
}
