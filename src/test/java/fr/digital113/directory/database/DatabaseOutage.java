package fr.digital113.directory.database;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Takes PostgreSQL away from a running program until closed: {@code try (var outage =
 * DatabaseOutage.begin()) {...}}. The server comes back with the same port and data.
 */
public final class DatabaseOutage implements AutoCloseable {
  private final PostgresCluster cluster;

  private DatabaseOutage(PostgresCluster cluster) {
    this.cluster = cluster;
  }

  /** Stops the server. */
  public static DatabaseOutage begin() throws IOException {
    return begin(ConfigProvider.getConfig().getValue("directory.data-dir", Path.class));
  }

  /** Stops the embedded server of a program that is a process of its own. */
  public static DatabaseOutage begin(Path dataDir) throws IOException {
    Path folder = new DataFolder(dataDir).postgresql();
    DatabaseOutage outage =
        new DatabaseOutage(new PostgresCluster(PostgresPrograms.in(folder), folder));
    outage.cluster.stop();
    return outage;
  }

  /** Starts the server again; when it returns, connections are taken. */
  @Override
  public void close() throws IOException {
    cluster.start();
  }
}
