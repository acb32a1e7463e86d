package fr.digital113.directory.database;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.inject.Singleton;

/** Whether a schedule of this process is passed over, as {@code maintain} does the same. */
@Singleton
public class UpkeepElsewhere implements Scheduled.SkipPredicate {
  private final DirectorySettings settings;

  UpkeepElsewhere(DirectorySettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean test(ScheduledExecution execution) {
    return !settings.upkeep();
  }
}
