package fr.digital113.directory.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Slots;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
  private final Set<Place> places = ConcurrentHashMap.newKeySet();
  private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
  private final Duration delay;
  private volatile boolean ending;
  private boolean failing; // of the thread alone
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
      SyncSettings settings,
      MeterRegistry registry,
      @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
    this.sync = sync;
    this.tokens = tokens;
    this.index = index;
    this.mapper = mapper;
    this.settings = settings;
    this.delay = delay.orElse(Duration.ZERO);
    this.slots = new Slots(settings.maxStreams(), settings.maxStreamsPerClient());
    Gauge.builder("directory.live.streams", places, Set::size)
        .description("Clients that listen to live changes")
        .register(registry);
    Gauge.builder("directory.live.streams.limit", settings, SyncSettings::maxStreams)
        .description("How many may listen")
        .register(registry);
    var unused =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Made at the start, so that its figures are there before the first client is. */
  void start(@Observes StartupEvent event) {
    LOG.debug("Live changes can be listened to");
  }

  /**
   * Ends all streams once the delay of a shutdown is over: whoever listens comes back elsewhere,
   * and the requests that are waited for then are those that have an end.
   */
  void drain(@Observes ShutdownDelayInitiatedEvent event) {
    var unused = thread.schedule(this::endAll, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdown();
    endAll();
  }

  private void endAll() {
    ending = true;
    open.forEach(LiveStream::end);
  }

  /**
   * What changes from a place on, without end.
   *
   * @param client whose streams are counted together
   * @throws ProblemException 503 when too many listen already
   */
  Multi<OutboundSseEvent> from(
      SyncToken position, String client, HttpServerResponse response, Sse sse) {
    slots.take(client);
    Place place = new Place(client, response);
    places.add(place);
    return Multi.createFrom()
        .<OutboundSseEvent>emitter(
            reader -> begin(reader, position, response, sse), BackPressureStrategy.BUFFER)
        .onFailure()
        .invoke(failure -> LOG.error("A live stream failed", failure)) // the server tells nobody
        .onTermination()
        .invoke(() -> leave(place));
  }

  /** Whose place it is; each is another, be they of the same client. */
  private static final class Place {
    private final String client;
    private final HttpServerResponse response;

    Place(String client, HttpServerResponse response) {
      this.client = client;
      this.response = response;
    }

    boolean isLeft() {
      return response.closed() || response.ended();
    }
  }

  /** Once for each place, whoever says so. */
  private void leave(Place place) {
    if (places.remove(place)) {
      slots.giveBack(place.client);
    }
  }

  private void begin(
      MultiEmitter<? super OutboundSseEvent> reader,
      SyncToken position,
      HttpServerResponse response,
      Sse sse) {
    LiveStream stream =
        new LiveStream(reader, response, sse, tokens, mapper, settings.heartbeat(), position);
    stream.open();
    open.add(stream);
    reader.onTermination(() -> open.remove(stream));
    if (ending) {
      stream.end();
    }
  }

  /** What fails for one stream is tried again, and is not in the way of the others. */
  @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // a concurrent one, which allows it
  private void tick() {
    // Of a client that leaves before it was sent anything nobody says that it did: not even a
    // subscription was made that could end.
    places.stream().filter(Place::isLeft).forEach(this::leave);
    Map<SyncToken.Standing, Sync.Live> shared = new HashMap<>();
    boolean failed = false;
    for (LiveStream stream : open) {
      try {
        if (stream.isOver()) {
          open.remove(stream);
          stream.end();
        } else if (stream.isWaiting()) {
          advance(stream, shared);
        }
      } catch (RuntimeException | Error failure) {
        if (!failing && !failed) { // the database is away, say: once is enough
          LOG.warnf("Live changes wait (%s)", failure.getMessage());
        }
        failed = true;
      }
    }
    failing = failed;
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
