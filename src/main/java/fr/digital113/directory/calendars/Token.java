package fr.digital113.directory.calendars;

import fr.digital113.directory.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What the address of somebody's own calendar is known by. It is random, so a slow hash would add
 * nothing; only its hash is kept.
 */
record Token(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int BYTES = 32;

  static Token generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether it could be one; what cannot is not looked for. */
  boolean isToken() {
    return FORM.matcher(text).matches();
  }

  byte[] hash() {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The address of the calendar. */
  String path() {
    return "/v1/calendars/" + text + ".ics";
  }

  /** Not even by mistake in a log. */
  @Override
  public String toString() {
    return "token";
  }
}
