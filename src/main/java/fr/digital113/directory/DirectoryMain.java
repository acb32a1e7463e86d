package fr.digital113.directory;

import fr.digital113.directory.access.AdminKeys;
import fr.digital113.directory.database.ConfiguredServer;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import fr.digital113.directory.database.StartupFailure;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts the program: checks what commonly goes wrong, starts a PostgreSQL of its own when none is
 * configured, then hands over to Quarkus.
 */
@QuarkusMain
public final class DirectoryMain {
  private static final String URL = "quarkus.datasource.jdbc.url";

  private DirectoryMain() {}

  public static void main(String... args) throws IOException {
    try {
      start(ConfigProvider.getConfig(), args);
    } catch (StartupFailure e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void start(Config config, String... args) throws IOException {
    config.getOptionalValue("directory.admin-key", String.class).ifPresent(AdminKeys::check);
    HttpPort.requireFree(
        config.getValue("quarkus.http.host", String.class),
        config.getValue("quarkus.http.port", Integer.class));
    String dataDir =
        config.getOptionalValue("directory.data-dir", String.class).orElse(DataFolder.DEFAULT);
    DataFolder dataFolder = new DataFolder(Path.of(dataDir));
    try (DataFolder.Lock lock = dataFolder.lock()) {
      Optional<String> url = config.getOptionalValue(URL, String.class);
      if (url.isPresent()) {
        ConfiguredServer.check(
            url.get(),
            config.getOptionalValue("quarkus.datasource.username", String.class),
            config.getOptionalValue("quarkus.datasource.password", String.class));
        Quarkus.run(args);
      } else {
        runOnEmbeddedDatabase(dataFolder, args);
      }
    }
  }

  private static void runOnEmbeddedDatabase(DataFolder dataFolder, String... args)
      throws IOException {
    try (EmbeddedDatabase database = new EmbeddedDatabase(dataFolder)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfterQuarkus(database)));
      Map<String, String> settings = database.start();
      settings.forEach(System::setProperty);
      // Returns in development mode only, where the next reload starts it all again.
      Quarkus.run(args);
      settings.keySet().forEach(System::clearProperty);
    }
  }

  /** Shutdown hooks run side by side, and requests that are being answered need the database. */
  private static void stopAfterQuarkus(EmbeddedDatabase database) {
    Application application = Application.currentApplication();
    if (application != null) {
      application.awaitShutdown();
    }
    try {
      database.close();
    } catch (IOException | StartupFailure e) {
      System.err.println("PostgreSQL was not stopped: " + e.getMessage());
    }
  }
}
