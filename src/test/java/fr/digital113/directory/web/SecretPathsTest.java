package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPathsTest {
  private static final String SECRET = "k7Qm2ZxV9bN4cR8tY1wE5uI3oP6aS0dF_gHjKlMnBv-";

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/calendars/", "/v1//calendars//", "/v1/%63alendars/", "/v1/./calendars/"})
  void hidesTheAddressOfACalendarHoweverItIsWritten(String path) {
    assertThat(SecretPaths.hidden(path + SECRET + ".ics"))
        .doesNotContain(SECRET)
        .endsWith("/hidden");
  }

  @Test
  void leavesAllElse() {
    String id = "/v1/calendars/0190a000-0000-7000-8000-0000000000a1";
    String long40 = "/v1/companies/a-company-whose-name-is-longer-than-forty-letters";
    assertThat(SecretPaths.hidden(id)).isEqualTo(id);
    assertThat(SecretPaths.hidden(long40)).isEqualTo(long40);
    assertThat(SecretPaths.hidden("/v1/%zz")).isEqualTo("/v1/%zz");
    assertThat(SecretPaths.hidden("/v1/calendars/%00.ics")).isEqualTo("/v1/calendars/%00.ics");
  }

  @Test
  void staysAPath() {
    assertThat(SecretPaths.hidden("/v1/%00/calendars/" + SECRET))
        .isEqualTo("/v1/%00/calendars/hidden");
  }
}
