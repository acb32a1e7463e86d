package fr.digital113.directory.webhooks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of telling something once.
 *
 * @param status that the receiver answered; null when it did not
 * @param error a stable code; null when it was told
 */
record Outcome(@Nullable Integer status, Duration duration, @Nullable String error) {
  private static final int GONE = 410;

  static Outcome answered(int status, Duration duration) {
    String error =
        status >= 200 && status < 300
            ? null
            : status >= 300 && status < 400 ? "redirected" : status == GONE ? "gone" : "refused";
    return new Outcome(status, duration, error);
  }

  static Outcome failed(String error, Duration duration) {
    return new Outcome(null, duration, error);
  }

  boolean isTold() {
    return error == null;
  }

  /** Whether the receiver says that it is there no more. */
  boolean isGone() {
    return status != null && status == GONE;
  }
}
