package fr.digital113.directory.web;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Whether the server will compress an answer. It is asked with the server's own code, set up as
 * {@code quarkus.http.compressors} sets up the server.
 */
final class Gzip extends HttpContentCompressor {
  private static final Gzip SERVER = new Gzip();

  private Gzip() {
    super(StandardCompressionOptions.gzip());
  }

  /** Whether it compresses an answer to this request, in a format that can be compressed. */
  static boolean isWanted(HttpServerRequest request) {
    List<String> accepted = request.headers().getAll("Accept-Encoding");
    return request.version() != HttpVersion.HTTP_1_0 // which it never compresses for
        && !accepted.isEmpty()
        && SERVER.determineEncoding(String.join(",", accepted)) != null;
  }
}
