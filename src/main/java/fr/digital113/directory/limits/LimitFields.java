package fr.digital113.directory.limits;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The fields that tell a limit; of this process, since that is where it is counted. */
final class LimitFields {
  private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
  private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");

  private final long perMinute;
  private final String name;
  private final CharSequence policy;

  private LimitFields(Each each) {
    this.perMinute = each.perMinute();
    this.name = "\"" + each.policy() + "\"";
    this.policy =
        HttpHeaders.createOptimized(name + ";q=" + perMinute + ";w=" + Buckets.WINDOW.toSeconds());
  }

  private record Each(String policy, long perMinute) {}

  /** Those of each limit, of which there are few. */
  static final class OfEach {
    private final ConcurrentMap<Each, LimitFields> all = new ConcurrentHashMap<>();

    LimitFields of(String policy, long perMinute) {
      return all.computeIfAbsent(new Each(policy, perMinute), LimitFields::new);
    }
  }

  long perMinute() {
    return perMinute;
  }

  void write(HttpServerResponse response, long remaining) {
    // When the next request is allowed: the bucket fills evenly
    write(response, remaining, (Buckets.WINDOW.toSeconds() + perMinute - 1) / perMinute);
  }

  void write(HttpServerResponse response, long remaining, long seconds) {
    response.putHeader(POLICY, policy).putHeader(LIMIT, name + ";r=" + remaining + ";t=" + seconds);
  }
}
