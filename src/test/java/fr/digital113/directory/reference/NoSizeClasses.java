package fr.digital113.directory.reference;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;

/** Size classes where there is no database: none are known. */
public final class NoSizeClasses {
  private NoSizeClasses() {}

  public static SizeClasses create() {
    ConnectionFactory none =
        () -> {
          throw new SQLException("there is no database here");
        };
    return new SizeClasses(Jdbi.create(none));
  }
}
