package fr.digital113.directory.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.digital113.directory.testsupport.Fixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A partner's server, as one writes it: it verifies with the official library, then answers. */
public final class TestReceiver implements AutoCloseable {
  private static final int REFUSED = 401;
  private static final int TAKEN = 204;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final LinkedBlockingQueue<Message> arriving = new LinkedBlockingQueue<>();
  private final List<Message> all = new CopyOnWriteArrayList<>();
  private volatile @Nullable Webhook verifier;
  private volatile Runnable beforeAnswer = () -> {};

  /** What arrived, and whether the signature was good. */
  public record Message(Map<String, List<String>> headers, String body, boolean verified) {
    public JsonNode event() {
      return Fixture.parsed(body);
    }

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    String type() {
      return event().path("type").asText().replace("fr.digital113.directory.", "");
    }
  }

  public TestReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook?a=b";
  }

  int port() {
    return server.getAddress().getPort();
  }

  public void verifiesWith(String secret) {
    verifier = new Webhook(secret);
  }

  /** What the next requests are answered; later ones are taken. */
  synchronized void answers(int... statuses) {
    answers.clear();
    for (int status : statuses) {
      answers.add(status);
    }
  }

  /** Something that happens while the sender waits. */
  public void beforeAnswer(Runnable work) {
    beforeAnswer = work;
  }

  /** Everything that arrived. */
  public List<Message> messages() {
    return new ArrayList<>(all);
  }

  public List<String> subjects() {
    return all.stream().map(each -> each.event().path("subject").asText()).toList();
  }

  /** The next thing that arrives. */
  Message next() throws InterruptedException {
    Message next = arriving.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing arrived");
    }
    return next;
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    boolean verified = isVerified(body, headers);
    Message message = new Message(headers, body, verified);
    all.add(message);
    arriving.add(message);
    beforeAnswer.run();
    int status = verified ? nextAnswer() : REFUSED;
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private boolean isVerified(String body, Map<String, List<String>> headers) {
    Webhook current = verifier;
    if (current == null) {
      return true;
    }
    try {
      current.verify(body, headers);
      return true;
    } catch (WebhookVerificationException forged) {
      return false;
    }
  }

  private synchronized int nextAnswer() {
    Integer next = answers.poll();
    return next == null ? TAKEN : next;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
