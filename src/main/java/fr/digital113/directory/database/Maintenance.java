package fr.digital113.directory.database;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** The program mode {@code maintain}: all upkeep once, then the end, before anything is opened. */
@Singleton
class Maintenance {
  /** Behind the check that the change log is whole; before the data folder is looked at. */
  private static final int BEFORE_THE_DATA_FOLDER = 550;

  private final DirectorySettings settings;
  private final List<Upkeep> upkeep;

  Maintenance(DirectorySettings settings, @All List<Upkeep> upkeep) {
    this.settings = settings;
    this.upkeep = upkeep;
  }

  void run(@Observes @Priority(BEFORE_THE_DATA_FOLDER) StartupEvent start) {
    if (settings.mode() == ProgramMode.MAINTAIN) {
      upkeep.forEach(Upkeep::keepUp);
      throw ProgramMode.done("The upkeep is done.");
    }
  }
}
