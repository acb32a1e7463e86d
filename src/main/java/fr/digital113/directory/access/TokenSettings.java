package fr.digital113.directory.access;

import fr.digital113.directory.database.StartupFailure;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Whose bearer tokens are taken; application.properties says what each is for. */
@ConfigMapping(prefix = "directory.oidc")
public interface TokenSettings {

  /** The provider, exactly as its tokens name it; without it no token is taken. */
  Optional<String> issuer();

  /** Whom tokens must be made for. */
  Optional<String> audience();

  /** Where roles are: a claim, or a path of claims such as {@code realm_access/roles}. */
  @WithDefault("roles")
  String rolesClaim();

  /** Where the id of the caller's company is. */
  @WithDefault("company")
  String companyClaim();

  /** Where the provider's keys are; without it the provider is asked. */
  Optional<String> jwksUrl();

  /**
   * Looks at the settings before anything starts.
   *
   * @throws StartupFailure when tokens of others could be taken, or none at all
   */
  static void check(Optional<String> issuer, Optional<String> audience, Optional<String> jwksUrl) {
    if (issuer.isEmpty()) {
      return;
    }
    requireUrl("DIRECTORY_OIDC_ISSUER", issuer.get());
    jwksUrl.ifPresent(url -> requireUrl("DIRECTORY_OIDC_JWKS_URL", url));
    if (audience.isEmpty()) {
      throw new StartupFailure(
          "DIRECTORY_OIDC_ISSUER is set and DIRECTORY_OIDC_AUDIENCE is not: tokens made for other services would be taken. Set the audience that the provider puts into tokens for the directory.");
    }
  }

  private static void requireUrl(String variable, String value) {
    try {
      URI url = new URI(value);
      if (url.getHost() != null
          && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
        return;
      }
    } catch (URISyntaxException noUrl) {
      // told below
    }
    throw new StartupFailure("%s is not an http(s) URL: %s".formatted(variable, value));
  }
}
