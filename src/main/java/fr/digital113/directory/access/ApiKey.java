package fr.digital113.directory.access;

import fr.digital113.directory.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A new key: shown to whoever asked for it, then only its hash is kept. Keys are random, so a slow
 * hash would add nothing.
 *
 * @param prefix how it begins, by which people recognise it
 * @param text all of it
 */
public record ApiKey(String prefix, String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int RECOGNISABLE = 6;
  private static final int SECRET_BYTES = 32;

  /** The operator's own key; there is only one, so that nothing tells it from others. */
  static ApiKey admin() {
    String prefix = "d113_admin";
    return new ApiKey(prefix, prefix + "_" + secret());
  }

  /** A key whose first letters say what it is for, such as {@code d113_partner_ab12cd}. */
  public static ApiKey of(Role role) {
    StringBuilder prefix = new StringBuilder("d113_").append(role.code()).append('_');
    RANDOM
        .ints(RECOGNISABLE, 0, LETTERS.length())
        .forEach(each -> prefix.append(LETTERS.charAt(each)));
    return new ApiKey(prefix.toString(), prefix + "_" + secret());
  }

  /** What the database keeps of the key. */
  public byte[] hash() {
    return hash(text);
  }

  static byte[] hash(String key) {
    return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
  }

  /** Not even by mistake in a log. */
  @Override
  public String toString() {
    return prefix + "_…";
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
