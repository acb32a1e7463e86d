package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who reads too slowly: less than 4 KB/s over 60 s. */
class PaceTest {
  private static final int KB = 1024;
  private static final int BLOCK = 64 * KB;

  private long now;
  private final Pace pace = new Pace(4 * KB, Duration.ofSeconds(60), () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Writes blocks to a reader of so many bytes a second; whether one of the checks cut it off. */
  private boolean isCut(int bytesPerSecond, int blocks) {
    boolean cut = false;
    for (int i = 0; i < blocks; i++) {
      pace.waits();
      for (int half = 0; half < 2; half++) {
        pass(Duration.ofMillis(BLOCK * 500L / bytesPerSecond));
        cut |= pace.isTooSlow();
      }
      pace.goesOn(BLOCK);
    }
    return cut;
  }

  @Test
  void letsASteadyReaderOfAPhoneFinish() {
    assertThat(isCut(12 * KB, 1_000)).isFalse();
  }

  @Test
  void cutsOffAReaderThatIsSteadyButTooSlow() {
    assertThat(isCut(3 * KB, 20)).isTrue();
  }

  @Test
  void letsWhatLeavesInBurstsPass() {
    // A send buffer that drains by 256 KB at a time, at 5 KB/s: one burst within every window.
    for (int burst = 0; burst < 50; burst++) {
      pace.waits();
      for (int second = 0; second < 51; second++) {
        pass(Duration.ofSeconds(1));
        assertThat(pace.isTooSlow()).isFalse();
      }
      pace.goesOn(256 * KB);
    }
  }

  @Test
  void cutsOffAReaderThatIsStuckAfterOneWindow() {
    pace.waits();
    pass(Duration.ofSeconds(59));
    assertThat(pace.isTooSlow()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(pace.isTooSlow()).isTrue();
  }

  @Test
  void doesNotHoldASlowWriterAgainstTheReader() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMinutes(1));
      assertThat(pace.isTooSlow()).isFalse();
      pace.waits();
      pass(Duration.ofMillis(1));
      pace.goesOn(KB);
    }
  }
}
