package fr.digital113.directory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.digital113.directory.database.StartupFailure;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
  private static final String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";

  @ParameterizedTest
  @CsvSource({
    "directory.write-origins, https://team.example/",
    "directory.write-origins, team.example",
    "directory.write-origins, *",
    "directory.write-origins, https://Team.example",
    "directory.security-contact, security@directory.example",
    "directory.security-contact, http://directory.example",
    FORWARDING + ", true"
  })
  void refusesToStartWith(String name, String value) {
    assertThatThrownBy(() -> HttpSettings.check(config(name, value)))
        .isInstanceOf(StartupFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://team.example", "http://localhost:5173", "https://a.b,https://c.d"})
  void takesOriginsAsBrowsersWriteThem(String origins) {
    assertThatCode(() -> HttpSettings.check(config("directory.write-origins", origins)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.5", "10.0.0.0/8,::1"})
  void takesForwardedAddressesFromTrustedProxies(String proxies) {
    assertThatCode(
            () ->
                HttpSettings.check(
                    config(FORWARDING, "true", "quarkus.http.proxy.trusted-proxies", proxies)))
        .doesNotThrowAnyException();
  }

  private static Config config(String... settings) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    for (int i = 0; i < settings.length; i += 2) {
      builder.withDefaultValue(settings[i], settings[i + 1]);
    }
    return builder.build();
  }
}
