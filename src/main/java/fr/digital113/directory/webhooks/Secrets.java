package fr.digital113.directory.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Secrets of webhooks, and what they sign (Standard Webhooks, v1). */
final class Secrets {
  private static final String PREFIX = "whsec_";
  private static final int LENGTH = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  static byte[] generate() {
    byte[] secret = new byte[LENGTH];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** As receivers are told it, once. */
  static String text(byte[] secret) {
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  /** The header that proves where a message is from: a signature of each secret. */
  static String signatures(List<byte[]> secrets, String id, Instant at, String body) {
    return secrets.stream()
        .map(
            secret -> {
              try {
                return new Webhook(secret).sign(id, at.getEpochSecond(), body);
              } catch (WebhookSigningException impossible) {
                throw new IllegalStateException("HmacSHA256 is in every Java", impossible);
              }
            })
        .collect(Collectors.joining(" "));
  }
}
