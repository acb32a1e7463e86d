package fr.digital113.directory.limits;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that take longer than a body may: who has sent all of it is not cut off. */
@QuarkusTest
@TestProfile(Profiles.QuickBodies.class)
class SlowAnswerTest {
  private static final byte[] PATCH = "{\"headcount\": 77}".getBytes(StandardCharsets.UTF_8);

  private final HttpClient client = client();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI plain;

  @TestHTTPResource(value = "/", tls = true)
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI encrypted;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static HttpClient client() {
    try {
      SSLContext anybody = SSLContext.getInstance("TLS");
      anybody.init(null, new TrustManager[] {new Anybody()}, null);
      return HttpClient.newBuilder().sslContext(anybody).build();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private HttpRequest patch(Version version, BodyPublisher body) {
    return HttpRequest.newBuilder(
            (version == Version.HTTP_2 ? encrypted : plain).resolve("/v1/companies/ecran-vert"))
        .version(version)
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .header("If-Match", "*")
        .header("Content-Type", "application/merge-patch+json")
        .method("PATCH", body)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1, true", "HTTP_1_1, false", "HTTP_2, true", "HTTP_2, false"})
  void reachWhoeverWaitsForALock(Version version, boolean announced) throws Exception {
    BodyPublisher body =
        announced
            ? BodyPublishers.ofByteArray(PATCH)
            : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(PATCH));
    CompletableFuture<HttpResponse<String>> answer;
    try (Handle other = jdbi.open()) {
      other.begin();
      other.execute("select from company where slug = 'ecran-vert' for update");
      answer = client.sendAsync(patch(version, body), BodyHandlers.ofString());
      other.execute("select pg_sleep(3)"); // three times what a body may take
      other.commit();
    }
    HttpResponse<String> written = answer.get(30, TimeUnit.SECONDS);

    assertThat(written.statusCode()).isEqualTo(200);
    assertThat(written.version()).isEqualTo(version);
    assertThat(written.body()).contains("\"headcount\":77");
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1", "HTTP_2"})
  void reachWhoeverListens(Version version) throws Exception {
    HttpRequest listen =
        HttpRequest.newBuilder(
                (version == Version.HTTP_2 ? encrypted : plain)
                    .resolve("/v1/changes/stream?types=sector"))
            .version(version)
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<Stream<String>> answer =
        client.sendAsync(listen, BodyHandlers.ofLines()).get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(version);
    try (Stream<String> lines = answer.body()) {
      Iterator<String> each = lines.iterator();
      fixture.sql("select pg_sleep(3)");
      fixture.sql("update sector set label_fr = label_fr || '.' where slug = 'fintech'");
      String line = each.next();
      while (!line.startsWith("event: change") && !line.startsWith("event:change")) {
        line = each.next();
      }
      assertThat(line).contains("change");
    }
  }

  /** Takes the certificate that was made for this test. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
