package fr.digital113.directory.web;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

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
        && isWanted(String.join(",", accepted));
  }

  /** The same by Accept-Encoding alone; HTTP/1.0 aside. */
  static boolean isWanted(String accepted) {
    return SERVER.determineEncoding(accepted) != null;
  }

  /** As the server would, but once for an answer that is sent often. */
  static byte[] compress(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }
}
