package fr.digital113.directory.database;

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
  private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
  private static final String DIRECT = "DIRECTORY_DATABASE_DIRECT_URL";
  private static final String STANDBY = "DIRECTORY_DATABASE_STANDBY_URL";

  private ConfiguredServer() {}

  /** A way to the database: what sets it, and its JDBC URL. */
  private record Way(String setting, String url) {
    String place() {
      return ConfiguredServer.place(url);
    }
  }

  /** Which database a way leads to, and how. */
  private record Found(long system, String database, boolean pooled, boolean standby) {
    boolean isSameAs(Found other) {
      return system == other.system && database.equals(other.database);
    }
  }

  /**
   * Connects once.
   *
   * @throws StartupFailure when the server is away, refuses the login or is too old
   */
  public static void check(String url, Optional<String> user, Optional<String> password) {
    check(url, Optional.empty(), Optional.empty(), user, password);
  }

  /**
   * Connects once to each.
   *
   * @param direct without a pooler in between
   * @param standby which may be away
   * @throws StartupFailure when one is away, refuses the login, is too old, or is not what it is
   *     meant to be
   */
  public static void check(
      String url,
      Optional<String> direct,
      Optional<String> standby,
      Optional<String> user,
      Optional<String> password) {
    boolean compared = direct.isPresent() || standby.isPresent();
    Found database = find(new Way(URL, url), user, password, compared);
    direct
        .map(each -> new Way(DIRECT, each))
        .ifPresent(way -> checkDirect(way, find(way, user, password, true), database));
    standby
        .map(each -> new Way(STANDBY, each))
        .ifPresent(way -> checkStandby(way, user, password, database));
  }

  private static void checkDirect(Way way, Found found, Found database) {
    requireSame(way, found, database);
    if (found.pooled()) {
      throw new StartupFailure(
          "%s leads through a connection pooler at %s. Let it lead to PostgreSQL itself."
              .formatted(way.setting(), way.place()));
    }
    if (found.standby()) {
      throw new StartupFailure(
          "%s leads to a standby at %s. Let it lead to the primary."
              .formatted(way.setting(), way.place()));
    }
  }

  private static void checkStandby(
      Way way, Optional<String> user, Optional<String> password, Found database) {
    Found found;
    try {
      found = find(way, user, password, true);
    } catch (AwayException away) {
      return; // database.Standby tells, and does without
    }
    requireSame(way, found, database);
  }

  private static void requireSame(Way way, Found found, Found database) {
    if (!found.isSameAs(database)) {
      throw new StartupFailure(
          "%s leads to another database than %s. Correct one of them."
              .formatted(way.setting(), URL));
    }
  }

  /**
   * @param compared whether it matters which server it is: not every server tells everybody
   */
  private static Found find(
      Way way, Optional<String> user, Optional<String> password, boolean compared) {
    if (!way.url().startsWith("jdbc:postgresql:")) {
      throw new StartupFailure(
          "%s must start with jdbc:postgresql: but is %s".formatted(way.setting(), way.place()));
    }
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "15");
    user.ifPresent(value -> properties.setProperty("user", value));
    password.ifPresent(value -> properties.setProperty("password", value));
    try (Connection connection = DriverManager.getConnection(way.url(), properties);
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                """
                select current_setting('server_version_num')::int, %s, current_database(), pg_is_in_recovery()
                """
                    .formatted(
                        compared ? "(select system_identifier from pg_control_system())" : "0"))) {
      row.next();
      requireVersion(row.getInt(1));
      Found found =
          new Found(
              row.getLong(2), row.getString(3), Poolers.isBefore(connection), row.getBoolean(4));
      if (found.pooled() && !Poolers.namesNoStatements(connection)) {
        throw new StartupFailure(
            "%s leads through a connection pooler at %s, where statements must have no names. Add prepareThreshold=0 to it."
                .formatted(way.setting(), way.place()));
      }
      return found;
    } catch (SQLException e) {
      String state = Optional.ofNullable(e.getSQLState()).orElse("");
      String message = explain(e, state, way);
      throw state.startsWith("08") && !state.equals("08004") || state.equals("57P03")
          ? new AwayException(message)
          : new StartupFailure(message);
    }
  }

  /**
   * The server and database of a JDBC URL, without the parameters and what stands before an @,
   * which may hold a password.
   */
  public static String place(String url) {
    return url.replaceFirst("[?].*", "")
        .replaceFirst("^jdbc:postgresql:(//)?", "")
        .replaceFirst("^(\\w+://)?.*@", "$1");
  }

  /** Takes {@code server_version_num}, for instance 150004. */
  static void requireVersion(int number) {
    if (number / 10_000 < OLDEST) {
      throw new StartupFailure(
          "The server is PostgreSQL %d and the program needs %d or later. Upgrade it, or configure another server."
              .formatted(number / 10_000, OLDEST));
    }
  }

  private static String explain(SQLException e, String state, Way way) {
    String said = StartupFailure.reason(e).replace(way.url(), way.place());
    if (state.startsWith("28") || state.equals("08004")) {
      return "PostgreSQL at %s refuses the login (%s). Check QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."
          .formatted(way.place(), said);
    }
    if (state.equals("3D000")) {
      return "PostgreSQL at %s has no such database (%s). Create it, or correct %s."
          .formatted(way.place(), said, way.setting());
    }
    if (state.startsWith("08")) {
      return "PostgreSQL at %s is unreachable (%s). Start it, or correct %s."
          .formatted(way.place(), said, way.setting());
    }
    return "PostgreSQL at %s cannot be used (%s).".formatted(way.place(), said);
  }

  /** It may come back; only the standby may be away. */
  private static final class AwayException extends StartupFailure {
    private static final long serialVersionUID = 1L;

    AwayException(String message) {
      super(message);
    }
  }
}
