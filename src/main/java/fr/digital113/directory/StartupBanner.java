package fr.digital113.directory;

import fr.digital113.directory.access.AdminKeys;
import fr.digital113.directory.database.ConfiguredServer;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.DirectorySettings;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says where to look, once there is something to see. */
@Singleton
class StartupBanner {
  private final AdminKeys adminKeys;
  private final DirectorySettings settings;
  private final DataFolder dataFolder;
  private final String databaseUrl;

  StartupBanner(
      AdminKeys adminKeys,
      DirectorySettings settings,
      DataFolder dataFolder,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String databaseUrl) {
    this.adminKeys = adminKeys;
    this.settings = settings;
    this.dataFolder = dataFolder;
    this.databaseUrl = databaseUrl;
  }

  // On the standard output and not in the log: it may hold a key, and logs are sent elsewhere.
  void print(@ObservesAsync HttpServerStart start) {
    String host = start.options().getHost();
    String address =
        "http://%s:%d"
            .formatted(host.equals("0.0.0.0") ? "localhost" : host, start.options().getPort());
    String database =
        settings.embeddedDatabase()
            ? "embedded, in " + dataFolder.root()
            : "server " + ConfiguredServer.place(databaseUrl);
    System.out.println(
        """

        Digital113 directory
          API            %1$s/v1
          Documentation  %1$s/q/swagger-ui
          First steps    %1$s/
          Database       %2$s
          Admin key      %3$s
        """
            .formatted(address, database, adminKeys.announce()));
  }
}
