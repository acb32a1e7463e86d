package fr.digital113.directory.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** A hot standby of the database, when one is configured. It may be behind, or away. */
@Singleton
public class Standby {
  private static final Logger LOG = Logger.getLogger(Standby.class);
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final @Nullable Server server;
  private final @Nullable Jdbi jdbi;
  private volatile long nextTry = System.nanoTime();

  @Inject
  Standby(
      DatabaseSettings settings,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
    this(settings.standbyUrl().map(url -> Server.at(url, user, password)).orElse(null));
  }

  private Standby(@Nullable Server server) {
    this.server = server;
    this.jdbi = server == null ? null : DatabaseSetup.over(server.watch().impatient(server.pool()));
  }

  /** For those who read the primary alone. */
  public static Standby none() {
    return new Standby(null);
  }

  /** One at a JDBC URL, which says the user as well. */
  public static Standby at(String url) {
    return new Standby(Server.at(url, Optional.empty(), Optional.empty()));
  }

  private record Server(AgroalDataSource pool, ServerWatch watch) {
    static Server at(String url, Optional<String> user, Optional<String> password) {
      try {
        return new Server(
            Standby.pool(url, user, password),
            new ServerWatch(
                "standby-watch", () -> DirectDatabase.connectToAsk(url, user, password)));
      } catch (SQLException unusable) {
        throw new IllegalStateException("the pool of the standby cannot be made", unusable);
      }
    }
  }

  private static AgroalDataSource pool(String url, Optional<String> user, Optional<String> password)
      throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                connections ->
                    connections
                        .maxSize(CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        .validateOnBorrow(true)
                        .connectionValidator(
                            ConnectionValidator.defaultValidatorWithTimeout(
                                (int) PATIENCE.toSeconds()))
                        .connectionFactoryConfiguration(
                            factory -> {
                              factory
                                  .jdbcUrl(url)
                                  .jdbcProperty("connectTimeout", "2")
                                  .jdbcProperty("loginTimeout", "3")
                                  .jdbcProperty("tcpKeepAlive", "true");
                              user.ifPresent(name -> factory.principal(new NamePrincipal(name)));
                              password.ifPresent(
                                  secret -> factory.credential(new SimplePassword(secret)));
                              return factory;
                            })));
  }

  /** Whether there may be one to read from. */
  public boolean isConfigured() {
    return jdbi != null;
  }

  /**
   * Reads there, in one snapshot. What {@code reader} throws of its own comes through; when the
   * standby fails, the answer is empty, and it is left alone for a while if it is away.
   *
   * @param reader answers nothing when what it looks for has not arrived
   */
  public <T> Optional<T> read(Function<Handle, Optional<T>> reader) {
    Jdbi standby = jdbi;
    if (standby == null || System.nanoTime() - nextTry < 0) {
      return Optional.empty();
    }
    try {
      return Snapshots.read(standby, reader);
    } catch (JdbiException failure) {
      LOG.warnf("The standby cannot be read (%s); the primary is", StartupFailure.reason(failure));
      nextTry = System.nanoTime() + AGAIN_NANOS;
      return Optional.empty();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (server != null) {
      server.watch().close();
      server.pool().close();
    }
  }
}
