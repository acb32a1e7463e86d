package fr.digital113.directory.database;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads that all see one moment of the database. */
public final class Snapshots {
  private Snapshots() {}

  /**
   * Runs {@code reader} in a read-only transaction. Its isolation is asked for within it: Jdbi and
   * the driver would set it for the session, which a pooler gives to somebody else in between.
   */
  public static <T> T read(Jdbi database, Function<Handle, T> reader) {
    return database.inTransaction(
        handle -> {
          handle.execute("set transaction isolation level repeatable read, read only");
          return reader.apply(handle);
        });
  }
}
