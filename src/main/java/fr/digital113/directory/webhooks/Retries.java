package fr.digital113.directory.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When to try again after a failure: sooner at first, within a day in all. */
final class Retries {
  /** How long a receiver may fail before it is told nothing any more. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5));

  /** No attempt is put off for longer. */
  static final Duration LONGEST = Duration.ofHours(6);

  private static final double JITTER = 0.2;

  private Retries() {}

  /**
   * The moment of the next attempt, a little earlier or later than the others', so that what failed
   * together does not come back together; the last one is when patience ends.
   *
   * @param failures so far, this one included
   * @return null when it is over
   */
  static @Nullable Instant next(int failures, Instant since, Instant now) {
    Instant end = since.plus(PATIENCE);
    if (!now.isBefore(end)) {
      return null;
    }
    Duration pause = PAUSES.get(Math.min(failures, PAUSES.size()) - 1);
    double part = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
    Instant next = now.plusMillis((long) (pause.toMillis() * part));
    return next.isAfter(end) ? end : next;
  }
}
