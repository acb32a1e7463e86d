package fr.digital113.directory.web;

import io.quarkus.bootstrap.runner.QuarkusEntryPoint;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The program, and beside it in the same process a route of Vert.x that answers a request with the
 * bytes that the program answered the same request with, and does nothing else. {@code
 * bench/repeated} compares the two.
 *
 * <p>System properties: {@code bench.program}, the address of the program; {@code bench.port} of
 * the bare route.
 */
final class BareRoute extends AbstractVerticle {
  private static final String PROGRAM = System.getProperty("bench.program", "");
  private static final int PORT = Integer.getInteger("bench.port", 0);
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "transfer-encoding", "content-length");

  /** What tells the requests of the benchmark apart. */
  private record Asked(String uri, String encodings, String known) {}

  private record Answer(int status, MultiMap headers, Buffer body) {}

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Map<Asked, Answer> ANSWERS = new ConcurrentHashMap<>();

  public static void main(String[] args) throws Throwable {
    Vertx vertx = Vertx.vertx();
    int instances = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
    vertx.deployVerticle(BareRoute::new, new DeploymentOptions().setInstances(instances));
    QuarkusEntryPoint.main(args);
  }

  @Override
  public void start() {
    Router router = Router.router(vertx);
    router.get("/v1/*").handler(this::answer);
    vertx.createHttpServer().requestHandler(router).listen(PORT, "127.0.0.1");
  }

  private void answer(RoutingContext exchange) {
    MultiMap sent = exchange.request().headers();
    Asked asked =
        new Asked(
            exchange.request().uri(),
            text(sent.get(HttpHeaders.ACCEPT_ENCODING)),
            text(sent.get(HttpHeaders.IF_NONE_MATCH)));
    Answer answer = ANSWERS.get(asked);
    if (answer != null) {
      exchange.response().headers().setAll(answer.headers());
      exchange.response().setStatusCode(answer.status()).end(answer.body());
    } else {
      vertx
          .executeBlocking(() -> ANSWERS.computeIfAbsent(asked, BareRoute::ask))
          .onSuccess(copied -> exchange.response().end("copied"))
          .onFailure(exchange::fail);
    }
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header;
  }

  private static Answer ask(Asked asked) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(PROGRAM + asked.uri()));
    if (!asked.encodings().isEmpty()) {
      request.header("Accept-Encoding", asked.encodings());
    }
    if (!asked.known().isEmpty()) {
      request.header("If-None-Match", asked.known());
    }
    try {
      HttpResponse<byte[]> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      MultiMap headers = MultiMap.caseInsensitiveMultiMap();
      answer.headers().map().entrySet().stream()
          .filter(each -> !OF_THE_CONNECTION.contains(each.getKey()))
          .forEach(each -> headers.add(each.getKey(), each.getValue()));
      return new Answer(answer.statusCode(), headers, Buffer.buffer(answer.body()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }
}
