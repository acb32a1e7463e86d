package fr.digital113.directory;

import fr.digital113.directory.database.StartupFailure;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The program's settings that are numbers, times, sizes or truths. They are looked at before
 * anything begins: Quarkus would refuse a mistake at length, or read it in its own way, once the
 * database has been started.
 */
final class OwnSettings {
  private record Kind(String form, Predicate<String> fits, List<String> names) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "true or false",
              text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"),
              List.of(
                  "directory.demo",
                  "directory.migrate-at-start",
                  "directory.upkeep",
                  "directory.webhooks.deliver",
                  "directory.webhooks.allow-loopback")),
          new Kind(
              "a whole number, 1 or more",
              text -> Integer.parseInt(text) > 0,
              List.of(
                  "directory.exports.max-concurrent",
                  "directory.exports.max-per-client",
                  "directory.limits.requests-per-minute",
                  "directory.limits.admin-requests-per-minute",
                  "directory.limits.unknown-credential-cost",
                  "directory.limits.processes",
                  "directory.webhooks.threads",
                  "directory.webhooks.threads-per-partner")),
          new Kind(
              "a whole number, 0 or more",
              text -> Integer.parseInt(text) >= 0,
              List.of("directory.sync.max-streams", "directory.sync.max-streams-per-client")),
          new Kind(
              "a time such as 90S, 30M or 2H",
              text -> DurationConverter.parseDuration(text).toMillis() > 0,
              List.of(
                  "directory.exports.max-duration",
                  "directory.exports.min-rate-window",
                  "directory.limits.body-timeout",
                  "directory.migration-patience",
                  "directory.sync.heartbeat",
                  "quarkus.http.idle-timeout")),
          new Kind(
              "a time such as 12H or 90D",
              text -> !DurationConverter.parseDuration(text).isNegative(),
              List.of(
                  "directory.log.audit-retention",
                  "directory.log.feed-retention",
                  "directory.retention.actors",
                  "directory.retention.deliveries",
                  "directory.retention.imports",
                  "directory.retention.proposals",
                  "directory.retention.replaced-proposals",
                  "directory.sync.token-lifetime")),
          new Kind(
              "a size such as 512K, 64M or 1G",
              text -> new MemorySizeConverter().convert(text).asLongValue() >= 0,
              List.of(
                  "directory.cache.max-body-size",
                  "directory.cache.max-size",
                  "directory.exports.min-rate",
                  "directory.imports.max-size",
                  "directory.limits.body-rate",
                  "directory.limits.max-body-size")));

  private OwnSettings() {}

  /**
   * Looks at them.
   *
   * @throws StartupFailure when one is a mistake, with its name as a variable and its form
   */
  static void check(Config config) {
    for (Kind kind : KINDS) {
      for (String name : kind.names()) {
        String text = config.getOptionalValue(name, String.class).orElse(null);
        if (!fits(kind, text)) {
          throw new StartupFailure(
              "%s is \"%s\". Set it to %s, or leave it out."
                  .formatted(
                      name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                      DirectoryMain.oneLine(text),
                      kind.form()));
        }
      }
    }
  }

  private static boolean fits(Kind kind, @Nullable String text) {
    try {
      return text == null || kind.fits().test(text.strip());
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  /** The names of all that are looked at. */
  static List<String> names() {
    return KINDS.stream().flatMap(kind -> kind.names().stream()).toList();
  }
}
