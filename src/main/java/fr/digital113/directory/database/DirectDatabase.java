package fr.digital113.directory.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * The database without a pooler in between, for what needs a session of its own: notifications and
 * migrations. It is that of {@code directory.database.direct-url}, otherwise that of the pool.
 */
@Singleton
public class DirectDatabase {
  private final DataSource dataSource;
  private final Optional<String> url;
  private final Optional<String> poolUrl;
  private final Optional<String> user;
  private final Optional<String> password;

  DirectDatabase(
      DataSource dataSource,
      DatabaseSettings settings,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> poolUrl,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
    this.dataSource = dataSource;
    this.url = settings.directUrl();
    this.poolUrl = poolUrl;
    this.user = user;
    this.password = password;
  }

  /** A connection, which the caller closes; it may lead through a pooler when no URL is given. */
  Connection connect() throws SQLException {
    return url.isPresent()
        ? DriverManager.getConnection(url.get(), properties(user, password))
        : dataSource.getConnection();
  }

  /** A connection that waits for nothing for long; through a pooler when no URL is given. */
  Connection connectToAsk() throws SQLException {
    return connectToAsk(url.or(() -> poolUrl).orElseThrow(), user, password);
  }

  static Connection connectToAsk(String url, Optional<String> user, Optional<String> password)
      throws SQLException {
    Properties properties = properties(user, password);
    properties.setProperty("socketTimeout", ServerWatch.PATIENCE);
    properties.setProperty("loginTimeout", "0"); // its failure would not say that it is one of time
    return DriverManager.getConnection(url, properties);
  }

  /** Wakes whoever waits for something to be told on a channel. */
  public Notifications listen(String channel) {
    return new Notifications(this, channel);
  }

  /** The same migrations, over this connection. */
  Flyway of(Flyway flyway) {
    return url.map(
            direct ->
                Flyway.configure(flyway.getConfiguration().getClassLoader())
                    .configuration(flyway.getConfiguration())
                    .dataSource(direct, user.orElse(null), password.orElse(null))
                    .load())
        .orElse(flyway);
  }

  /** Of a connection that is not of the pool; what the URL says comes first. */
  static Properties properties(Optional<String> user, Optional<String> password) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "3");
    properties.setProperty("tcpKeepAlive", "true");
    user.ifPresent(value -> properties.setProperty("user", value));
    password.ifPresent(value -> properties.setProperty("password", value));
    return properties;
  }
}
