package fr.digital113.directory.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a request sent to prove who asks: only the hashes go further, and are made once. */
public final class SentCredentials {
  public static final String API_KEY = "X-API-Key";

  private static final CharSequence KEY = HttpHeaders.createOptimized(API_KEY);
  private static final String BEARER = "bearer ";
  private static final String MEMBER = SentCredentials.class.getName();

  private SentCredentials() {}

  /** SHA-256 of the key, then of the token; of those that were sent. */
  public static List<byte[]> hashes(RoutingContext exchange) {
    MultiMap headers = exchange.request().headers();
    String key = headers.get(KEY);
    String authorization = headers.get(HttpHeaders.AUTHORIZATION);
    if (key == null && authorization == null) {
      return List.of();
    }
    List<byte[]> known = exchange.get(MEMBER);
    if (known != null) {
      return known;
    }
    List<byte[]> hashes = new ArrayList<>(2);
    if (key != null) {
      hashes.add(hash(key));
    }
    if (authorization != null) {
      boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
      hashes.add(hash(bearer ? authorization.substring(BEARER.length()).strip() : authorization));
    }
    exchange.put(MEMBER, hashes);
    return hashes;
  }

  private static byte[] hash(String sent) {
    return Sha256.of(sent.getBytes(StandardCharsets.UTF_8));
  }
}
