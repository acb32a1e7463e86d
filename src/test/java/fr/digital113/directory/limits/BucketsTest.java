package fr.digital113.directory.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void keepsNoMoreThanItsBoundOfAMillionAddresses() {
    Buckets buckets = new Buckets();
    for (int i = 0; i < 1_000_000; i++) {
      buckets.of("address:" + i, 600).tryConsume(1);
    }

    assertThat(buckets.size()).isEqualTo(Buckets.MOST);
  }

  @Test
  void remembersWhoKeepsAskingWhileOthersComeAndGo() {
    Buckets buckets = new Buckets();
    for (int i = 0; i < 1_000_000; i++) {
      buckets.of("address:" + i, 600).tryConsume(1);
      if (i % 1_000 == 0) {
        buckets.of("busy", 1_000_000_000).tryConsume(1_000_000);
      }
    }

    assertThat(buckets.of("busy", 1_000_000_000).getAvailableTokens()).isLessThan(1_000_000_000);
  }

  @Test
  void startsAnewWhenALimitChanges() {
    Buckets buckets = new Buckets();
    buckets.of("partner", 10).tryConsume(10);

    assertThat(buckets.of("partner", 10).getAvailableTokens()).isZero();
    assertThat(buckets.of("partner", 20).getAvailableTokens()).isEqualTo(20);
  }
}
