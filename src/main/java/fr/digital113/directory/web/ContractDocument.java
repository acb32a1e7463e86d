package fr.digital113.directory.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Answers {@code /q/openapi} with the contract as it was written, comments included, or as JSON:
 * {@code ?format=json}, or by {@code Accept}. It stands before the extension's own route, which
 * would read the document and write it anew in both forms at each start, before anything is
 * answered; Swagger UI is left to the extension.
 */
@Singleton
class ContractDocument {
  /** The extension has the others as well: of what it would say there nothing is left. */
  private static final List<String> PATHS =
      List.of("/q/openapi", "/q/openapi.yaml", "/q/openapi.yml", "/q/openapi.json");

  private static final int BEFORE_THE_EXTENSION = -1;

  private enum Form {
    YAML("application/yaml;charset=UTF-8"),
    JSON("application/json;charset=UTF-8");

    private final String contentType;

    Form(String contentType) {
      this.contentType = contentType;
    }

    static Form of(HttpServerRequest request) {
      String asked = request.path().endsWith(".json") ? "json" : request.getParam("format");
      String accepted = request.getHeader(HttpHeaders.ACCEPT);
      boolean json =
          asked == null
              ? accepted != null && accepted.contains("application/json")
              : asked.toLowerCase(Locale.ROOT).equals("json");
      return json ? JSON : YAML;
    }
  }

  /** As it is sent; the tag without quotes. */
  private record Content(Buffer bytes, String tag) {}

  private record Asked(Form form, boolean gzip) {}

  /** Made when they are asked for first. */
  private final Map<Asked, Content> contents = new HashMap<>();

  void register(@Observes Router router) {
    for (String path : PATHS) {
      for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
        router.route(method, path).order(BEFORE_THE_EXTENSION).blockingHandler(this::answer, false);
      }
      // What is left would be answered by the extension, whatever the method
      router.route(path).order(BEFORE_THE_EXTENSION).handler(other -> other.fail(405));
    }
  }

  private void answer(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    Asked asked = new Asked(Form.of(request), Gzip.isWanted(request));
    Content content = content(asked);
    HttpServerResponse response =
        exchange
            .response()
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding")
            .putHeader(HttpHeaders.ETAG, '"' + content.tag() + '"');
    if (ETags.name(request.headers().getAll(HttpHeaders.IF_NONE_MATCH), content.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    if (asked.gzip()) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, asked.form().contentType);
    exchange.end(content.bytes());
  }

  private synchronized Content content(Asked asked) {
    return contents.computeIfAbsent(asked, ContractDocument::read);
  }

  private static Content read(Asked asked) {
    try (InputStream in = ContractDocument.class.getResourceAsStream("/openapi/openapi.yaml")) {
      byte[] yaml = Objects.requireNonNull(in).readAllBytes();
      byte[] plain =
          asked.form() == Form.YAML
              ? yaml
              : new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml));
      String tag = HexFormat.of().formatHex(Sha256.of(plain), 0, 8);
      return asked.gzip()
          ? new Content(Buffer.buffer(Gzip.compress(plain)), tag + ".gzip")
          : new Content(Buffer.buffer(plain), tag);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
