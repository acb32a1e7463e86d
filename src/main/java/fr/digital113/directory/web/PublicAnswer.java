package fr.digital113.directory.web;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The mark of an answer that may be given to everybody as long as the public reads the same
 * version. Only {@link Exchange} sets it; what has none is never kept.
 *
 * @param body as it is sent, compressed if it is; null for a 304, which has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record PublicAnswer(Version version, byte @Nullable [] body) {
  private static final String KEY = PublicAnswer.class.getName();

  /** Whether it went out as what it is, and not as the failure of it. */
  boolean isSentAs(int status) {
    return body == null ? status == 304 : status == 200 || status == 301;
  }

  void mark(RoutingContext exchange) {
    exchange.put(KEY, this);
  }

  /** The mark of an answer; null when it has none. */
  static @Nullable PublicAnswer of(RoutingContext exchange) {
    return exchange.get(KEY);
  }
}
