package fr.digital113.directory.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that a test moves; it starts now, as databases and providers have clocks of their own.
 */
final class SettableClock implements InstantSource {
  private Instant now = Instant.now();

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }
}
