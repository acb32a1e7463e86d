package fr.digital113.directory.web;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Bounds what the system takes for a reader that does not read yet. Left alone that grows to
 * megabytes, and a reader of a few KB/s seems to stand still for minutes, long enough for the idle
 * timeout to cut it off.
 */
@Singleton
class SendBuffer implements HttpServerOptionsCustomizer {
  private static final int BYTES = 128 * 1024;

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setSendBufferSize(BYTES);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setSendBufferSize(BYTES);
  }
}
