package fr.digital113.directory.editing;

import fr.digital113.directory.database.Upkeep;
import fr.digital113.directory.database.UpkeepElsewhere;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** Forgets the keys that nobody may repeat any more. */
@Singleton
class IdempotencyKeys implements Upkeep {
  private final Jdbi jdbi;

  IdempotencyKeys(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Scheduled(
      every = "1h",
      delay = 10,
      delayUnit = TimeUnit.MINUTES,
      skipExecutionIf = UpkeepElsewhere.class)
  @Override
  public void keepUp() {
    jdbi.useHandle(
        database ->
            database.execute(
                "delete from idempotency_key where created_at < now() - interval '24 hours'"));
  }
}
