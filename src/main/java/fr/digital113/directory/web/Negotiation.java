package fr.digital113.directory.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the headers of a request say about which representation is wanted, however they say it.
 *
 * @param formats the order of preference among all formats
 * @param isReadable see {@link Accept#isReadable}
 * @param language unless the query names one
 * @param isCompressed whether the answer is compressed
 */
record Negotiation(int formats, boolean isReadable, Language language, boolean isCompressed) {
  private static final int MOST_REMEMBERED = 1_000;
  private static final int LONGEST_REMEMBERED = 300;

  /** Clients send few different ones, and they take longer to understand than all else. */
  private static final Cache<Sent, Negotiation> REMEMBERED =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).executor(Runnable::run).build();

  private record Sent(
      @Nullable String accept, @Nullable String languages, @Nullable String encodings) {

    int length() {
      return length(accept) + length(languages) + length(encodings);
    }

    private static int length(@Nullable String header) {
      return header == null ? 0 : header.length();
    }

    Negotiation understood() {
      Accept formats = Accept.of(accept);
      return new Negotiation(
          formats.preferences(),
          formats.isReadable(),
          Language.preferred(languages),
          encodings != null && Gzip.isWanted(encodings));
    }
  }

  static Negotiation of(HttpServerRequest request) {
    MultiMap headers = request.headers();
    Sent sent =
        new Sent(
            all(headers, HttpHeaders.ACCEPT),
            all(headers, HttpHeaders.ACCEPT_LANGUAGE),
            request.version() == HttpVersion.HTTP_1_0 // which nothing is compressed for
                ? null
                : all(headers, HttpHeaders.ACCEPT_ENCODING));
    return sent.length() > LONGEST_REMEMBERED
        ? sent.understood()
        : REMEMBERED.get(sent, Sent::understood);
  }

  private static @Nullable String all(MultiMap headers, CharSequence name) {
    List<String> lines = headers.getAll(name);
    return switch (lines.size()) {
      case 0 -> null;
      case 1 -> lines.get(0);
      default -> String.join(",", lines);
    };
  }
}
