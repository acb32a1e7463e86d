package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
    "2001:db8:1:2::1, 2001:0DB8:0001:0002::9%eth0",
    "192.0.2.1, ::ffff:192.0.2.1",
    "192.0.2.1, ::ffff:c000:201",
    "fe80::1, fe80::2"
  })
  void takesForOneClient(String one, String other) {
    assertThat(ClientAddress.of(one)).isEqualTo(ClientAddress.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.2",
    "2001:db8:1:2::1, 2001:db8:1:3::1",
    "::ffff:192.0.2.1, ::ffff:192.0.2.2",
    "192.0.2.1, c000:201::"
  })
  void tellsApart(String one, String other) {
    assertThat(ClientAddress.of(one)).isNotEqualTo(ClientAddress.of(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_hidden", "", "localhost", "1.2.3.4.5", "999.1.1.1"})
  void takesWhatIsNoAddressForOneClientAndAsksNoNameServer(String text) {
    assertThat(ClientAddress.of(text)).isEqualTo(ClientAddress.NONE);
  }

  @Test
  void hasAnAnswerForAConnectionWithoutAddress() {
    assertThat(ClientAddress.of((io.vertx.core.net.SocketAddress) null))
        .isEqualTo(ClientAddress.NONE);
  }
}
