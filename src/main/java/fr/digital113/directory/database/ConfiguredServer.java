package fr.digital113.directory.database;

import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/** Looks at a configured PostgreSQL before the program starts, so that a mistake is one line. */
public final class ConfiguredServer {
  private static final int OLDEST = 15;

  private ConfiguredServer() {}

  /**
   * Connects once.
   *
   * @throws StartupFailure when the server is away, refuses the login or is too old
   */
  public static void check(String url, Optional<String> user, Optional<String> password) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new StartupFailure(
          "QUARKUS_DATASOURCE_JDBC_URL must start with jdbc:postgresql: but is %s"
              .formatted(place(url)));
    }
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "15");
    user.ifPresent(value -> properties.setProperty("user", value));
    password.ifPresent(value -> properties.setProperty("password", value));
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("show server_version_num")) {
      row.next();
      requireVersion(row.getInt(1));
    } catch (SQLException e) {
      throw new StartupFailure(explain(e, place(url)));
    }
  }

  /** The server and database of a JDBC URL, without the parameters, which may hold a password. */
  public static String place(String url) {
    return url.replaceFirst("[?].*", "").replaceFirst("^jdbc:postgresql:(//)?", "");
  }

  /** Takes {@code server_version_num}, for instance 150004. */
  static void requireVersion(int number) {
    if (number / 10_000 < OLDEST) {
      throw new StartupFailure(
          "The server is PostgreSQL %d and the program needs %d or later. Upgrade it, or configure another server."
              .formatted(number / 10_000, OLDEST));
    }
  }

  private static String explain(SQLException e, String place) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String said = reason(e);
    if (state.startsWith("28") || state.equals("08004")) {
      return "PostgreSQL at %s refuses the login (%s). Check QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."
          .formatted(place, said);
    }
    if (state.equals("3D000")) {
      return "PostgreSQL at %s has no such database (%s). Create it, or correct QUARKUS_DATASOURCE_JDBC_URL."
          .formatted(place, said);
    }
    if (state.startsWith("08")) {
      return "PostgreSQL at %s is unreachable (%s). Start it, or correct QUARKUS_DATASOURCE_JDBC_URL."
          .formatted(place, said);
    }
    return "PostgreSQL at %s cannot be used (%s).".formatted(place, said);
  }

  private static String reason(SQLException e) {
    if (e.getCause() instanceof UnknownHostException) {
      return "unknown host";
    }
    Throwable reason = e.getCause() instanceof IOException cause ? cause : e;
    return String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
  }
}
