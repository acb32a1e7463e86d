package fr.digital113.directory;

import fr.digital113.directory.access.AdminKeys;
import fr.digital113.directory.database.ConfiguredServer;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.DirectorySettings;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says where to look, once there is something to see. */
@Singleton
class StartupBanner {
  private static final Logger LOG = Logger.getLogger(StartupBanner.class);

  private final HttpServer http;
  private final AdminKeys adminKeys;
  private final DirectorySettings settings;
  private final DataFolder dataFolder;
  private final String databaseUrl;
  private final String metricsHost;
  private final int configuredMetricsPort;

  StartupBanner(
      HttpServer http,
      AdminKeys adminKeys,
      DirectorySettings settings,
      DataFolder dataFolder,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String databaseUrl,
      @ConfigProperty(name = "quarkus.management.host") String metricsHost,
      @ConfigProperty(name = "quarkus.management.port") int configuredMetricsPort) {
    this.http = http;
    this.adminKeys = adminKeys;
    this.settings = settings;
    this.dataFolder = dataFolder;
    this.databaseUrl = databaseUrl;
    this.metricsHost = metricsHost;
    this.configuredMetricsPort = configuredMetricsPort;
  }

  // On the standard output and not in the log: it may hold a key, and logs are sent elsewhere.
  void print(@ObservesAsync HttpServerStart start) {
    try {
      System.out.println(text());
    } catch (RuntimeException e) {
      LOG.error("What to look at cannot be shown", e); // nobody waits for an asynchronous observer
    }
  }

  /** The server tells its port only when that was any free one. */
  private int metricsPort() {
    return configuredMetricsPort == 0 ? http.getManagementPort() : configuredMetricsPort;
  }

  private String text() {
    String database =
        settings.embeddedDatabase()
            ? "embedded, in " + dataFolder.root()
            : "server " + ConfiguredServer.place(databaseUrl);
    return """

        Digital113 directory
          API            %1$s/v1
          Documentation  %1$s/q/swagger-ui
          First steps    %1$s/
          Metrics        %4$s
          Database       %2$s
          Admin key      %3$s
        """
        .formatted(
            "http://localhost:" + http.getPort(),
            database,
            adminKeys.announce(),
            "http://%s:%d/q/metrics".formatted(metricsHost, metricsPort()));
  }
}
