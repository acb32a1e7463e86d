package fr.digital113.directory.limits;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Speaks HTTP/2 over TLS only. Where both versions may come in plain, the server counts a
 * connection, and its headers' time, from the first bytes on, so that silent ones had no bound.
 */
@Singleton
class Connections implements HttpServerOptionsCustomizer {
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setHttp2ClearTextEnabled(false);
  }
}
