package fr.digital113.directory.limits;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Servers with limits that a test can reach. */
final class Profiles {
  private Profiles() {}

  private static final Map<String, String> LOW =
      Map.of(
          "directory.limits.requests-per-minute", "60",
          "directory.limits.admin-requests-per-minute", "90",
          "directory.limits.unknown-credential-cost", "20",
          "directory.limits.processes", "3");

  /** Twenty requests a minute, thirty for the admin, as one of three processes. */
  public static class Low implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return LOW;
    }
  }

  /** The same behind a proxy on this machine, so that tests choose who they are. */
  public static class BehindAProxy extends Low {
    @Override
    public Map<String, String> getConfigOverrides() {
      return proxy("127.0.0.0/8");
    }
  }

  /** The same behind a proxy that is elsewhere. */
  public static class BehindAnotherProxy extends Low {
    @Override
    public Map<String, String> getConfigOverrides() {
      return proxy("198.51.100.7");
    }
  }

  /** Little patience and little room. */
  public static class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.idle-timeout", "2S",
          "quarkus.http.limits.max-connections", "40",
          "directory.limits.body-timeout", "2S",
          "directory.imports.max-size", "2M");
    }
  }

  /** Bodies that must come within a second, over both versions of HTTP. */
  public static class QuickBodies implements QuarkusTestProfile {
    private static final String PASSWORD = "password";

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "directory.limits.body-timeout",
          "1S",
          "quarkus.http.test-ssl-port",
          "0",
          "quarkus.http.ssl.certificate.key-store-file",
          certificate().toString(),
          "quarkus.http.ssl.certificate.key-store-password",
          PASSWORD);
    }

    private static Path certificate() {
      try {
        Path store = Files.createTempDirectory("certificate").resolve("localhost.p12");
        Process made =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "localhost",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-keyalg",
                    "EC",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD)
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
          throw new IOException("keytool ended with " + made.exitValue());
        }
        return store;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stop);
      }
    }
  }

  private static Map<String, String> proxy(String address) {
    Map<String, String> settings = new HashMap<>(LOW);
    settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
    settings.put("quarkus.http.proxy.trusted-proxies", address);
    return settings;
  }
}
