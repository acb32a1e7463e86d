package fr.digital113.directory.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long what was learned holds. */
final class Lately {
  private Lately() {}

  /**
   * Whether a moment is no longer ago than that. One that is yet to come is none to rely on: the
   * clock was set back.
   */
  static boolean isWithin(InstantSource clock, Duration duration, Instant moment) {
    Instant now = clock.instant();
    return !now.isBefore(moment) && now.isBefore(moment.plus(duration));
  }
}
