package fr.digital113.directory.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Slots;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * All clients that listen to changes. One thread looks whether the index has moved, and gives each
 * what changed for it; those that stand at the same place with the same filter share the work.
 */
@Singleton
class LiveStreams {
  private static final Logger LOG = Logger.getLogger(LiveStreams.class);
  private static final int TICK_MILLIS = 200;

  private final Sync sync;
  private final SyncTokens tokens;
  private final DirectoryIndex index;
  private final ObjectMapper mapper;
  private final SyncSettings settings;
  private final Slots slots;
  private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "live-changes");
            made.setDaemon(true);
            return made;
          });

  LiveStreams(
      Sync sync,
      SyncTokens tokens,
      DirectoryIndex index,
      ObjectMapper mapper,
      SyncSettings settings) {
    this.sync = sync;
    this.tokens = tokens;
    this.index = index;
    this.mapper = mapper;
    this.settings = settings;
    this.slots = new Slots(settings.maxStreams(), settings.maxStreamsPerClient());
    thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdown();
    open.forEach(LiveStream::end);
  }

  /**
   * What changes from a place on, without end.
   *
   * @param client whose streams are counted together
   * @throws ProblemException 503 when too many listen already
   */
  Multi<OutboundSseEvent> from(
      SyncToken position, String client, RoutingContext exchange, Sse sse) {
    slots.take(client);
    AtomicBoolean taken = new AtomicBoolean(true);
    Runnable giveBack =
        () -> {
          if (taken.compareAndSet(true, false)) {
            slots.giveBack(client);
          }
        };
    // Nobody subscribes for a client that leaves before it was sent anything.
    exchange.addEndHandler(over -> giveBack.run());
    if (exchange.response().closed()) {
      giveBack.run(); // it had left before there was a handler
    }
    return Multi.createFrom()
        .<OutboundSseEvent>emitter(
            reader -> begin(reader, position, sse), BackPressureStrategy.BUFFER)
        .onTermination()
        .invoke(giveBack);
  }

  private void begin(MultiEmitter<? super OutboundSseEvent> reader, SyncToken position, Sse sse) {
    LiveStream stream = new LiveStream(reader, sse, tokens, mapper, settings.heartbeat(), position);
    stream.open();
    open.add(stream);
    reader.onTermination(() -> open.remove(stream));
  }

  private void tick() {
    try {
      Map<SyncToken.Standing, Sync.Live> shared = new HashMap<>();
      for (LiveStream stream : open) {
        if (stream.isOver()) {
          open.remove(stream);
        } else if (stream.isWaiting()) {
          advance(stream, shared);
        }
      }
    } catch (RuntimeException | Error failure) {
      LOG.warnf("Live changes wait (%s)", failure.getMessage()); // the database is away, say
    }
  }

  private void advance(LiveStream stream, Map<SyncToken.Standing, Sync.Live> shared) {
    SyncToken position = stream.position();
    try {
      if (hasMovedSince(position)) {
        stream.tell(
            shared.computeIfAbsent(
                position.standing(), standing -> sync.since(position, Sync.MOST)));
      }
    } catch (ProblemException problem) {
      stream.failed(problem);
    } finally {
      stream.heartbeat();
    }
  }

  private boolean hasMovedSince(SyncToken position) {
    try (Snapshot snapshot = index.acquire()) {
      return snapshot.appliedRevision() != position.base()
          || !snapshot.epoch().equals(position.epoch());
    }
  }
}
