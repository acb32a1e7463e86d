package fr.digital113.directory.testsupport;

import com.sun.net.httpserver.HttpServer;
import fr.digital113.directory.database.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider on the loopback interface: discovery and keys over HTTP, and tokens
 * for whoever has its signing key.
 */
public final class IdentityProvider implements AutoCloseable {
  public static final String AUDIENCE = "directory";
  public static final String ROLES_CLAIM = "realm_access/roles";
  private static final int KEY_BITS = 2048;

  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable HttpServer server;
  private PublicJsonWebKey key;
  private final String issuer;
  private final int port;

  private IdentityProvider(String issuer, int port, PublicJsonWebKey key) {
    this.issuer = issuer;
    this.port = port;
    this.key = key;
  }

  /** A provider that listens. */
  public static IdentityProvider start() throws IOException, JoseException {
    int port = LoopbackPort.free(); // is still free when it resumes
    IdentityProvider provider =
        new IdentityProvider("http://127.0.0.1:" + port + "/realms/test", port, newKey());
    provider.resume();
    return provider;
  }

  /** What signs for a provider that runs elsewhere. */
  public static IdentityProvider signing(String issuer, String privateKey) throws JoseException {
    return new IdentityProvider(issuer, 0, PublicJsonWebKey.Factory.newPublicJwk(privateKey));
  }

  private static PublicJsonWebKey newKey() throws JoseException {
    PublicJsonWebKey key = RsaJwkGenerator.generateJwk(KEY_BITS);
    key.setKeyId(UUID.randomUUID().toString());
    key.setUse("sig");
    return key;
  }

  /** Listens, at the port that it has had since it was started. */
  public void resume() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          String body =
              exchange.getRequestURI().getPath().endsWith("/.well-known/openid-configuration")
                  ? "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(issuer, issuer)
                  : new JsonWebKeySet(List.of(key)).toJson(OutputControlLevel.PUBLIC_ONLY);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    http.start();
    server = http;
  }

  public String issuer() {
    return issuer;
  }

  /** The key that it signs with, private part included. */
  public PublicJsonWebKey key() {
    return key;
  }

  public String privateKey() {
    return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
  }

  /** How many requests it has got. */
  public int asked() {
    return asked.get();
  }

  /** Signs with a new key from now on, and shows no other. */
  public void rotate() throws JoseException {
    key = newKey();
  }

  /** Stops listening, until {@link #resume}. */
  public void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** A good token for five minutes. */
  public String token(@Nullable UUID company, String... roles) {
    return token(
        claims -> {
          claims.setClaim("realm_access", Map.of("roles", List.of(roles)));
          if (company != null) {
            claims.setClaim("company", company.toString());
          }
        });
  }

  /** A good token with changes. */
  public String token(Consumer<JwtClaims> changes) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(AUDIENCE);
    claims.setSubject("0f0e0d0c");
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    changes.accept(claims);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
