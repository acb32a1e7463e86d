package fr.digital113.directory;

import fr.digital113.directory.database.StartupFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Settings that would open more than meant, or do nothing, without a word. */
final class HttpSettings {
  private static final String PROXIES = "quarkus.http.proxy.trusted-proxies";

  private static final Pattern PLAN =
      Pattern.compile("directory\\.plans\\.(.+)\\.requests-per-minute");

  private HttpSettings() {}

  /**
   * Looks at them.
   *
   * @throws StartupFailure when one is a mistake
   */
  static void check(Config config) {
    try {
      checkAll(config);
    } catch (IllegalArgumentException unreadable) {
      throw new StartupFailure("A setting cannot be read: " + unreadable.getMessage());
    }
  }

  private static void checkAll(Config config) {
    boolean forwarding =
        config
            .getOptionalValue("quarkus.http.proxy.proxy-address-forwarding", Boolean.class)
            .orElse(false);
    if (forwarding && config.getOptionalValue(PROXIES, String.class).isEmpty()) {
      throw new StartupFailure(
          "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING without QUARKUS_HTTP_PROXY_TRUSTED_PROXIES would let every client name its own address. Set the proxy's address too.");
    }
    checkPlans(config);
    for (String origin : values(config, "directory.write-origins")) {
      if (!origin.matches("https?://[^/?#@\\s]+")
          || !origin.equals(origin.toLowerCase(Locale.ROOT))) {
        throw new StartupFailure(
            "DIRECTORY_WRITE_ORIGINS: \"%s\" is no origin. Write it as browsers do, for instance https://team.example, without a path."
                .formatted(origin));
      }
    }
    for (String contact : values(config, "directory.security-contact")) {
      if (!contact.matches("(mailto|https|tel):[\\x21-\\x7e]+")) {
        throw new StartupFailure(
            "DIRECTORY_SECURITY_CONTACT: \"%s\" must start with mailto:, https: or tel:."
                .formatted(contact));
      }
    }
  }

  private static void checkPlans(Config config) {
    for (String name : config.getPropertyNames()) {
      Matcher plan = PLAN.matcher(name);
      if (plan.matches()
          && (!plan.group(1).matches("[a-z0-9]+(-[a-z0-9]+)*")
              || config.getOptionalValue(name, Integer.class).orElse(0) < 1)) {
        throw new StartupFailure(
            "%s: a plan's name has lower-case letters, digits and hyphens, and its limit is 1 or more."
                .formatted(name));
      }
    }
  }

  private static List<String> values(Config config, String name) {
    Optional<List<String>> values = config.getOptionalValues(name, String.class);
    return values.orElse(List.of());
  }
}
