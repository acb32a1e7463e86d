package fr.digital113.directory.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What tells one request from all others: in its answer, in a problem document, in every line that
 * is logged on its behalf. A caller or a proxy may name it ({@code X-Request-Id}, or the trace of
 * {@code traceparent}, W3C Trace Context); otherwise it is made here.
 */
public final class RequestId {
  static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");

  /** In log lines. */
  static final String FIELD = "requestId";

  private static final CharSequence TRACE = HttpHeaders.createOptimized("traceparent");
  private static final int LONGEST = 64;

  // version "00", trace, parent, flags, each behind a hyphen
  private static final int TRACE_LENGTH = 55;
  private static final int TRACE_START = 3;
  private static final int TRACE_END = 35;

  private RequestId() {}

  /** The id of a request: what its answer says. */
  static @Nullable String of(RoutingContext exchange) {
    return exchange.response().headers().get(HEADER);
  }

  /** Puts it into the answer, once; others may then ask for it. */
  static void put(RoutingContext exchange) {
    MultiMap answer = exchange.response().headers();
    if (!answer.contains(HEADER)) {
      answer.set(HEADER, choose(exchange.request().headers()));
    }
  }

  /** From here on, what is logged on behalf of the request names it, on any thread. */
  static void putIntoLog(RoutingContext exchange) {
    String id = of(exchange);
    if (id != null) {
      MDC.put(FIELD, id);
    }
  }

  private static String choose(MultiMap request) {
    String asked = request.get(HEADER);
    if (asked != null && isHarmless(asked)) {
      return asked;
    }
    String trace = request.get(TRACE);
    return trace != null && isTrace(trace)
        ? trace.substring(TRACE_START, TRACE_END)
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** It is repeated in answers and logs: letters, digits and a few signs, and not many. */
  private static boolean isHarmless(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean harmless =
          each >= 'a' && each <= 'z'
              || each >= 'A' && each <= 'Z'
              || each >= '0' && each <= '9'
              || each == '-'
              || each == '_'
              || each == '.';
      if (!harmless) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTrace(String text) {
    if (text.length() != TRACE_LENGTH || !text.startsWith("00-") || text.charAt(TRACE_END) != '-') {
      return false;
    }
    boolean anything = false;
    for (int i = TRACE_START; i < TRACE_END; i++) {
      char each = text.charAt(i);
      if (!(each >= '0' && each <= '9' || each >= 'a' && each <= 'f')) {
        return false;
      }
      anything |= each != '0';
    }
    return anything;
  }
}
