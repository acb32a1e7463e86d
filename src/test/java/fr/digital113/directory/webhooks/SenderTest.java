package fr.digital113.directory.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.webhooks.Receivers.Receiver;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender does on the wire. */
class SenderTest {
  private static final String HOST = "hook.example.test";
  private static final String PASSWORD = "only-for-this-test";

  @TempDir static Path folder;

  private static Vertx vertx;
  private static PfxOptions certificate;

  @BeforeAll
  static void makeACertificate() throws Exception {
    vertx = Vertx.vertx();
    Path store = folder.resolve("store.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "san=dns:" + HOST,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();
    certificate = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static HttpServer server(HttpServerOptions options, Consumer<HttpServerRequest> handler)
      throws Exception {
    return vertx
        .createHttpServer(options.setHost("127.0.0.1").setPort(0))
        .requestHandler(handler::accept)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static HttpServerOptions tls() {
    return new HttpServerOptions().setSsl(true).setSni(true).setPfxKeyCertOptions(certificate);
  }

  private static Receiver receiver(String scheme, String host, int port) {
    return new Receiver(
        URI.create("%s://%s:%d/a%%20b?c=d".formatted(scheme, host, port)),
        InetAddress.getLoopbackAddress());
  }

  private static Outcome post(HttpClientOptions options, Receiver receiver, Duration patience) {
    Sender sender = new Sender(vertx, options, patience);
    try {
      return sender.post(receiver, Map.of("webhook-id", "msg_1"), "{}");
    } finally {
      sender.stop();
    }
  }

  private static Outcome post(Receiver receiver) {
    return post(new HttpClientOptions(), receiver, Duration.ofSeconds(15));
  }

  @Test
  void connectsToTheAddressAndAsksForTheName() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        server(
            tls(),
            request -> {
              asked.add(
                  "%s %s %s %s"
                      .formatted(
                          request.method(),
                          request.uri(),
                          request.getHeader("host"),
                          request.connection().indicatedServerName()));
              request.response().setStatusCode(204).end();
            });
    HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(certificate);

    Outcome outcome =
        post(trusting, receiver("https", HOST, server.actualPort()), Duration.ofSeconds(15));

    assertThat(outcome.isTold()).isTrue();
    assertThat(asked)
        .containsExactly("POST /a%%20b?c=d %s:%d %s".formatted(HOST, server.actualPort(), HOST));
  }

  @Test
  void refusesACertificateOfAnotherNameAndOneThatNobodyVouchesFor() throws Exception {
    List<String> arrived = new CopyOnWriteArrayList<>();
    HttpServer server = server(tls(), request -> arrived.add(request.uri()));
    HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(certificate);

    assertThat(
            post(
                    trusting,
                    receiver("https", "other.example.test", server.actualPort()),
                    Duration.ofSeconds(15))
                .error())
        .isEqualTo("tls_failed");
    assertThat(post(receiver("https", HOST, server.actualPort())).error()).isEqualTo("tls_failed");
    assertThat(arrived).isEmpty();
  }

  @Test
  void waitsNoLongerThanItsPatience() throws Exception {
    HttpServer silent = server(new HttpServerOptions(), request -> {});
    Outcome outcome =
        post(
            new HttpClientOptions(),
            receiver("http", HOST, silent.actualPort()),
            Duration.ofMillis(300));

    assertThat(outcome.error()).isEqualTo("timed_out");
    assertThat(outcome.status()).isNull();
  }

  @Test
  void readsNoMoreThanALittleOfAnAnswer() throws Exception {
    HttpServer endless =
        server(
            new HttpServerOptions(),
            request -> {
              request.response().setChunked(true);
              vertx.setPeriodic(
                  1,
                  timer -> {
                    if (request.response().closed()) {
                      vertx.cancelTimer(timer);
                    } else {
                      request.response().write(Buffer.buffer(new byte[1_024]));
                    }
                  });
            });

    Outcome outcome = post(receiver("http", HOST, endless.actualPort()));
    assertThat(outcome.status()).isEqualTo(200);
    assertThat(outcome.duration()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void tellsAnAnswerThatNeverEndsByItsStatus() throws Exception {
    HttpServer dripping =
        server(
            new HttpServerOptions(),
            request -> request.response().setStatusCode(500).setChunked(true).write("."));

    Outcome outcome =
        post(
            new HttpClientOptions(),
            receiver("http", HOST, dripping.actualPort()),
            Duration.ofSeconds(4));
    assertThat(outcome.status()).isEqualTo(500);
    assertThat(outcome.error()).isEqualTo("refused");
  }

  @Test
  void saysWhyNothingWasSent() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket()) {
      free.bind(new InetSocketAddress("127.0.0.1", 0));
      closed = free.getLocalPort();
    }
    assertThat(post(receiver("http", HOST, closed)).error()).isEqualTo("connection_failed");

    HttpServer closing = server(new HttpServerOptions(), request -> request.connection().close());
    assertThat(post(receiver("http", HOST, closing.actualPort())).error())
        .isEqualTo("connection_lost");
  }
}
