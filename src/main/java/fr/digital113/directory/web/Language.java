package fr.digital113.directory.web;

import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/** The languages of every label and message. Codes and slugs do not change with them. */
public enum Language {
  FR,
  EN;

  /** The language tag, {@code fr} or {@code en}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The language of a tag such as {@code en-GB}, or null when it is neither. */
  public static @Nullable Language ofTag(String tag) {
    String primary = tag.toLowerCase(Locale.ROOT).split("-", 2)[0];
    return switch (primary) {
      case "fr" -> FR;
      case "en" -> EN;
      default -> null;
    };
  }

  /** What {@code Accept-Language} prefers (RFC 9110, 12.5.4); French when neither language fits. */
  public static Language preferred(@Nullable String acceptLanguage) {
    if (acceptLanguage == null) {
      return FR;
    }
    try {
      for (LanguageRange range : LanguageRange.parse(acceptLanguage)) {
        Language language = ofTag(range.getRange());
        if (language != null && range.getWeight() > 0) {
          return language;
        }
      }
      return FR;
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return FR; // RFC 9110 lets a server disregard the header; Java trips over a lone hyphen
    }
  }

  /**
   * The language of a request: its {@code lang} parameter, else what {@code Accept-Language}
   * prefers.
   */
  public static Language of(UriInfo uri, @Nullable String acceptLanguage) {
    String asked = uri.getQueryParameters().getFirst("lang");
    Language language = asked == null ? null : ofTag(asked);
    return language == null ? preferred(acceptLanguage) : language;
  }
}
