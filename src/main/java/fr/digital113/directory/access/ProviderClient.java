package fr.digital113.directory.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Fetches the keys of an OpenID Connect provider, and never waits for long. */
class ProviderClient {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** For one document, its body included: HttpRequest.timeout ends with the headers. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final int OK = 200;

  private final String issuer;
  private final Optional<String> jwksUrl;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  ProviderClient(String issuer, Optional<String> jwksUrl) {
    this.issuer = issuer;
    this.jwksUrl = jwksUrl;
  }

  /**
   * The keys that the provider signs with now.
   *
   * @throws IOException when it is unreachable, slow, or answers something else
   */
  List<JsonWebKey> keys() throws IOException {
    String url = jwksUrl.isPresent() ? jwksUrl.get() : discover();
    try {
      return List.copyOf(new JsonWebKeySet(get(url)).getJsonWebKeys());
    } catch (JoseException malformed) {
      throw new IOException(url + " has no key set", malformed);
    }
  }

  private String discover() throws IOException {
    String url = issuer.replaceAll("/$", "") + "/.well-known/openid-configuration";
    JsonNode document = mapper.readTree(get(url));
    if (!issuer.equals(document.path("issuer").asText())) {
      // OpenID Connect Discovery, 4.3: else one provider could vouch for another's tokens
      throw new IOException(
          "%s names the issuer %s, and DIRECTORY_OIDC_ISSUER is %s"
              .formatted(url, document.path("issuer").asText(), issuer));
    }
    @Nullable String keys = document.path("jwks_uri").textValue();
    if (keys == null) {
      throw new IOException(url + " has no jwks_uri");
    }
    return keys;
  }

  private String get(String url) throws IOException {
    CompletableFuture<HttpResponse<String>> answer;
    try {
      answer =
          http.sendAsync(
              HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").build(),
              BodyHandlers.ofString());
    } catch (IllegalArgumentException malformed) {
      throw new IOException("no URL: " + url, malformed);
    }
    try {
      HttpResponse<String> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException(url + " answers " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException slow) {
      throw new IOException(url + " does not answer within " + PATIENCE.toSeconds() + " s", slow);
    } catch (ExecutionException failed) {
      throw new IOException(url + ": " + failed.getCause(), failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopping);
    } finally {
      answer.cancel(true);
    }
  }
}
