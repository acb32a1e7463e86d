package fr.digital113.directory;

import fr.digital113.directory.access.AdminKeys;
import fr.digital113.directory.access.TokenSettings;
import fr.digital113.directory.database.ConfiguredServer;
import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.database.EmbeddedDatabase;
import fr.digital113.directory.database.ProgramMode;
import fr.digital113.directory.database.StartupFailure;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Starts the program: checks what commonly goes wrong, starts a PostgreSQL of its own when none is
 * configured, then hands over to Quarkus.
 */
@QuarkusMain
public class DirectoryMain {
  public static void main(String... args) throws IOException {
    try {
      ProgramMode mode = ProgramMode.of(args);
      System.setProperty("directory.mode", mode.word());
      HttpSettings.check(ConfigProvider.getConfig());
      Settings settings = Settings.read(ConfigProvider.getConfig());
      if (mode == ProgramMode.SERVE) {
        start(settings);
      } else {
        runOnce(settings, mode);
      }
    } catch (StartupFailure e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Ends by itself before it listens; takes no data folder, which a running program may have. */
  private static void runOnce(Settings settings, ProgramMode mode) throws IOException {
    String url =
        settings
            .directUrl()
            .or(settings::databaseUrl)
            .orElseThrow(
                () ->
                    new StartupFailure(
                        "%s needs QUARKUS_DATASOURCE_JDBC_URL: the embedded database is migrated and kept up by the program that has it."
                            .formatted(mode.word())));
    ConfiguredServer.check(url, settings.databaseUser(), settings.databasePassword());
    System.setProperty("quarkus.datasource.jdbc.url", url);
    Path nowhere = Files.createTempDirectory("directory");
    afterQuarkus(() -> PathUtils.deleteDirectory(nowhere), "The folder " + nowhere + " stays");
    System.setProperty("directory.data-dir", nowhere.toString());
    Quarkus.run();
  }

  private static void start(Settings settings) throws IOException {
    settings.adminKey().ifPresent(AdminKeys::check);
    TokenSettings.check(settings.issuer(), settings.audience(), settings.jwksUrl());
    HttpPort.requireFree(settings.httpHost(), settings.httpPort(), "QUARKUS_HTTP");
    int metricsPort =
        HttpPort.requireFree(settings.metricsHost(), settings.metricsPort(), "QUARKUS_MANAGEMENT");
    // Known beforehand: the server opens it beside the other one, maybe after the banner.
    System.setProperty("quarkus.management.port", String.valueOf(metricsPort));
    DataFolder dataFolder = new DataFolder(settings.dataDir());
    // For everybody the folder that is locked here, also when the variable is set but empty
    System.setProperty("directory.data-dir", dataFolder.root().toString());
    try (DataFolder.Lock lock = dataFolder.lock()) {
      // Quarkus would make the first for everybody to read; and what is wrong is told here
      dataFolder.incoming();
      dataFolder.index();
      dataFolder.privateIndex();
      if (settings.databaseUrl().isPresent()) {
        ConfiguredServer.check(
            settings.databaseUrl().get(),
            settings.directUrl(),
            settings.standbyUrl(),
            settings.databaseUser(),
            settings.databasePassword());
        Quarkus.run();
      } else {
        runOnEmbeddedDatabase(dataFolder);
      }
    }
  }

  private static void runOnEmbeddedDatabase(DataFolder dataFolder) throws IOException {
    try (EmbeddedDatabase database = new EmbeddedDatabase(dataFolder)) {
      afterQuarkus(database::close, "PostgreSQL was not stopped");
      // It starts while Quarkus does; database.Migration waits for it.
      Map<String, String> settings = database.begin();
      if (isEnding()) {
        return; // Quarkus could not register its own end any more
      }
      settings.forEach(System::setProperty);
      // Returns in development mode only, where the next reload starts it all again.
      Quarkus.run();
      settings.keySet().forEach(System::clearProperty);
    }
  }

  private static boolean isEnding() {
    Thread nothing = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(nothing);
      Runtime.getRuntime().removeShutdownHook(nothing);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  @FunctionalInterface
  private interface End {
    void run() throws IOException;
  }

  /** Shutdown hooks run side by side, and requests that are being answered need the database. */
  private static void afterQuarkus(End end, String otherwise) {
    Thread hook =
        new Thread(
            () -> {
              Application application = Application.currentApplication();
              if (application != null) {
                application.awaitShutdown();
              }
              try {
                end.run();
              } catch (IOException | StartupFailure e) {
                System.err.println(otherwise + ": " + e.getMessage());
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static String oneLine(@Nullable Object text) {
    return String.valueOf(text).replaceAll("\\s+", " ").strip();
  }

  /** What is needed before Quarkus runs, from the same sources: environment, properties, files. */
  private record Settings(
      String httpHost,
      int httpPort,
      String metricsHost,
      int metricsPort,
      Path dataDir,
      Optional<String> adminKey,
      Optional<String> issuer,
      Optional<String> audience,
      Optional<String> jwksUrl,
      Optional<String> databaseUrl,
      Optional<String> directUrl,
      Optional<String> standbyUrl,
      Optional<String> databaseUser,
      Optional<String> databasePassword) {

    static Settings read(Config config) {
      try {
        OwnSettings.check(config);
        return new Settings(
            config.getValue("quarkus.http.host", String.class),
            config.getValue("quarkus.http.port", Integer.class),
            config.getValue("quarkus.management.host", String.class),
            config.getValue("quarkus.management.port", Integer.class),
            Path.of(
                config
                    .getOptionalValue("directory.data-dir", String.class)
                    .orElse(DataFolder.DEFAULT)),
            config.getOptionalValue("directory.admin-key", String.class),
            config.getOptionalValue("directory.oidc.issuer", String.class),
            config.getOptionalValue("directory.oidc.audience", String.class),
            config.getOptionalValue("directory.oidc.jwks-url", String.class),
            config.getOptionalValue("quarkus.datasource.jdbc.url", String.class),
            config.getOptionalValue("directory.database.direct-url", String.class),
            config.getOptionalValue("directory.database.standby-url", String.class),
            config.getOptionalValue("quarkus.datasource.username", String.class),
            config.getOptionalValue("quarkus.datasource.password", String.class));
      } catch (IllegalArgumentException | NoSuchElementException e) {
        throw new StartupFailure("A setting cannot be read: " + oneLine(e.getMessage()));
      }
    }
  }
}
