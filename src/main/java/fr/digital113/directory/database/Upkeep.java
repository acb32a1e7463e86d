package fr.digital113.directory.database;

/**
 * Work on the database that must be done now and then, by whoever has the time: each process by its
 * own clock, or {@code maintain} by the clock of something else. Doing it once more does no harm.
 */
public interface Upkeep {

  /** Does it once. */
  void keepUp();
}
