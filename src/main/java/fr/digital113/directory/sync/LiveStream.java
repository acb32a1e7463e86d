package fr.digital113.directory.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One client that listens. It is given the next stretch once it has taken the last one, so that a
 * slow reader holds one page at most; what changed meanwhile is then told as one. Used by one
 * thread at a time.
 */
final class LiveStream {
  private static final long SLOWEST_NANOS = Duration.ofSeconds(30).toNanos();

  private final MultiEmitter<? super OutboundSseEvent> reader;
  private final HttpServerResponse response;
  private final Sse sse;
  private final SyncTokens tokens;
  private final ObjectMapper mapper;
  private final long heartbeatNanos;
  private SyncToken position;
  private long lastSent = System.nanoTime(); // clocks are set, forth and back
  private long lastTaken = System.nanoTime();

  LiveStream(
      MultiEmitter<? super OutboundSseEvent> reader,
      HttpServerResponse response,
      Sse sse,
      SyncTokens tokens,
      ObjectMapper mapper,
      Duration heartbeat,
      SyncToken position) {
    this.reader = reader;
    this.response = response;
    this.sse = sse;
    this.tokens = tokens;
    this.mapper = mapper;
    this.heartbeatNanos = heartbeat.toNanos();
    this.position = position;
  }

  SyncToken position() {
    return position;
  }

  /** Whether all that was sent was taken. A reader that takes nothing for long is let go. */
  boolean isWaiting() {
    if (reader.isCancelled()) {
      return false;
    }
    if (reader.requested() > 0) {
      lastTaken = System.nanoTime();
      return true;
    }
    if (System.nanoTime() - lastTaken > SLOWEST_NANOS) {
      reader.complete(); // it knows where it stands, and may come back
    }
    return false;
  }

  boolean isOver() {
    return reader.isCancelled() || response.closed();
  }

  /** Says where the stream stands, so that a client can come back before anything has changed. */
  void open() {
    send("open", tokens.text(position), json(Map.of("revision", position.base())));
  }

  /** Tells a stretch. Each event has the place behind it. */
  void tell(Sync.Live live) {
    Instant now = Instant.now();
    for (int i = 0; i < live.changes().size(); i++) {
      SyncChange change = live.changes().get(i);
      boolean last = i == live.changes().size() - 1;
      SyncToken behind = last ? live.next() : position.at(change.place(), now);
      send("change", tokens.text(behind), json(change));
    }
    position = live.next();
  }

  /** Shows that the stream is alive, and how far it has come. */
  void heartbeat() {
    if (System.nanoTime() - lastSent > heartbeatNanos) {
      lastSent = System.nanoTime();
      reader.emit(sse.newEventBuilder().id(tokens.text(position)).comment("heartbeat").build());
    }
  }

  /** Ends the stream of a copy that must begin again; other failures are waited out. */
  void failed(ProblemException problem) {
    if (problem.type() == ProblemType.SYNC_TOKEN_EXPIRED) {
      String start = Sync.start(position.filter());
      reader.emit(sse.newEventBuilder().name("restart").data(json(Map.of("start", start))).build());
      reader.complete();
    }
  }

  void end() {
    reader.complete();
  }

  private void send(String name, String id, String data) {
    lastSent = System.nanoTime();
    reader.emit(sse.newEventBuilder().name(name).id(id).data(data).build());
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
