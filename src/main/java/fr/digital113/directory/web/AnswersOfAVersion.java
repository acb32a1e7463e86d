package fr.digital113.directory.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are kept of one version, and the requests that are being answered in order to
 * keep theirs. All of it is dropped as a whole when the public reads another version.
 */
final class AnswersOfAVersion {
  private final Version version;
  private final Cache<Key, KeptAnswer> kept;
  private final ConcurrentMap<Key, CompletableFuture<Landing>> flights = new ConcurrentHashMap<>();

  /** What a request asks for, in whatever way it says so. */
  record Key(String path, String query, Negotiation wanted) {

    /** About the bytes that it takes; texts of it may have two for a character. */
    int size() {
      return 2 * (path.length() + query.length());
    }
  }

  /**
   * How a request ended that others waited for.
   *
   * @param answer null when it is not one to be kept
   * @param isLost whether it never got an answer, so that somebody else has to ask
   */
  record Landing(@Nullable KeptAnswer answer, boolean isLost) {
    static final Landing NOT_KEPT = new Landing(null, false);
    static final Landing LOST = new Landing(null, true);
  }

  AnswersOfAVersion(Version version, long maxSize) {
    this.version = version;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(maxSize)
            .weigher((Key key, KeptAnswer answer) -> key.size() + answer.size())
            .executor(Runnable::run) // the bound holds at once, without a thread
            .build();
  }

  Version version() {
    return version;
  }

  @Nullable KeptAnswer get(Key key) {
    return kept.getIfPresent(key);
  }

  /** A 304 is not kept in place of a whole answer. */
  void keep(Key key, KeptAnswer answer) {
    kept.asMap()
        .merge(key, answer, (old, added) -> added.isWhole() || !old.isWhole() ? added : old);
  }

  /** The flight of a key: this one, which now is the first, or one that is under way. */
  CompletableFuture<Landing> join(Key key, CompletableFuture<Landing> flight) {
    CompletableFuture<Landing> first = flights.putIfAbsent(key, flight);
    return first == null ? flight : first;
  }

  /** Ends a flight; the first end counts. Its answer is there for those who come later. */
  void land(Key key, CompletableFuture<Landing> flight, Landing landing) {
    flights.remove(key, flight);
    flight.complete(landing);
  }

  /** Keeps nothing any more: requests that run for long, such as live streams, hold this. */
  void forget() {
    kept.invalidateAll();
  }

  /** About the bytes that are kept. */
  long size() {
    kept.cleanUp();
    return kept.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  long count() {
    kept.cleanUp();
    return kept.estimatedSize();
  }
}
