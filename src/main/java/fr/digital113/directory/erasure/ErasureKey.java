package fr.digital113.directory.erasure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one erasure. It is in the journal only, so that neither the database nor a backup of
 * it says of anybody whether they were erased.
 */
final class ErasureKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;
  private static final int SHORT = 16;

  private final String text;
  private final Mac mac;

  private ErasureKey(byte[] key) {
    this.text = HexFormat.of().formatHex(key);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static ErasureKey random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new ErasureKey(key);
  }

  static ErasureKey of(String text) {
    return new ErasureKey(HexFormat.of().parseHex(text));
  }

  /** As the journal keeps it. */
  String text() {
    return text;
  }

  /** The same for the same value, and nothing to anybody without the key. For one thread. */
  String hash(String value) {
    return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** What somebody who wrote is called from now on: what they did stays theirs. */
  String pseudonym(String actor) {
    return "erased:" + hash("pseudonym:" + actor).substring(0, SHORT);
  }
}
