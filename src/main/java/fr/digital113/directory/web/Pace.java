package fr.digital113.directory.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a reader keeps up. Only the time that it makes the writer wait counts, so a slow writer
 * is not held against it. What is written leaves in bursts, as buffers drain; the window is wider
 * than they are apart.
 */
final class Pace {
  private final long bytesPerSecond;
  private final long window;
  private final LongSupplier clock;

  private long waited;
  private long waitingSince;
  private boolean waiting;
  private long written;
  private long waitedBeforeWindow;
  private long writtenBeforeWindow;

  /**
   * @param clock nanoseconds
   */
  Pace(long bytesPerSecond, Duration window, LongSupplier clock) {
    this.bytesPerSecond = bytesPerSecond;
    this.window = window.toNanos();
    this.clock = clock;
  }

  /** The writer hands something over, and waits until the reader has taken enough. */
  synchronized void waits() {
    waiting = true;
    waitingSince = clock.getAsLong();
  }

  /** It waits no longer. */
  synchronized void goesOn(int bytes) {
    waiting = false;
    waited += clock.getAsLong() - waitingSince;
    written += bytes;
  }

  /** Whether too little was taken in the window that ends now; false within a window. */
  synchronized boolean isTooSlow() {
    long total = waiting ? waited + clock.getAsLong() - waitingSince : waited;
    long elapsed = total - waitedBeforeWindow;
    if (elapsed < window) {
      return false;
    }
    double seconds = (double) elapsed / TimeUnit.SECONDS.toNanos(1);
    boolean slow = written - writtenBeforeWindow < bytesPerSecond * seconds;
    waitedBeforeWindow = total;
    writtenBeforeWindow = written;
    return slow;
  }
}
