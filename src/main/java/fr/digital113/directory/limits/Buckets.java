package fr.digital113.directory.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * A token bucket for each holder that was lately here. It holds a minute's requests and fills
 * evenly, so one that nobody used for a minute is as good as a new one and may be forgotten.
 */
final class Buckets {
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** At some 300 bytes each. Above, those are forgotten that are used least. */
  static final int MOST = 50_000;

  private final Cache<Key, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterAccess(WINDOW.plusSeconds(1))
          .executor(Runnable::run) // the bound holds at once, without a thread
          .build();

  /** A holder whose limit changes gets a new bucket. */
  private record Key(String holder, long perMinute) {}

  /** The bucket of a holder, full when it is new. */
  Bucket of(String holder, long perMinute) {
    return buckets.get(new Key(holder, perMinute), Buckets::full);
  }

  private static Bucket full(Key key) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(key.perMinute()).refillGreedy(key.perMinute(), WINDOW))
        .build();
  }

  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
