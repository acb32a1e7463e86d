package fr.digital113.directory.editing;

import fr.digital113.directory.values.KnownCodes;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The reference codes, read when a write first asks for one: most writes ask for none. */
final class Codes {
  private final Handle database;
  private @Nullable KnownCodes known;

  Codes(Handle database) {
    this.database = database;
  }

  KnownCodes known() {
    KnownCodes read = known;
    if (read == null) {
      read = KnownCodes.load(database);
      known = read;
    }
    return read;
  }
}
