package fr.digital113.directory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.changes.Place;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SyncTokenTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

  @Test
  void standsWhereAnotherStandsThatWillBeToldTheSame() {
    SyncToken token = token("epoch", 7);

    assertThat(token.standing()).isEqualTo(token.at(token.place(), NOW.plusSeconds(1)).standing());
    assertThat(token.standing()).isNotEqualTo(token("another epoch", 7).standing());
    assertThat(token.standing()).isNotEqualTo(token("epoch", 8).standing());
    assertThat(token.standing()).isNotEqualTo(token.completeAt(101, NOW).standing());
  }

  private static SyncToken token(String epoch, long meaning) {
    return new SyncToken(epoch, NOW, "types=sector", meaning, 100, null, Place.behind(100));
  }
}
