package fr.digital113.directory.access;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** On which day each key was used last: written once a day for each, and never by a request. */
@ApplicationScoped
public class KeyUse {
  private static final Logger LOG = Logger.getLogger(KeyUse.class);

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Map<UUID, LocalDate> used = new ConcurrentHashMap<>();
  private final Map<UUID, LocalDate> written = new ConcurrentHashMap<>();

  @Inject
  KeyUse(Jdbi jdbi) {
    this(jdbi, InstantSource.system());
  }

  KeyUse(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  void note(UUID key) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.equals(written.get(key))) {
      used.put(key, today);
    }
  }

  /** Writes what was noted; what cannot be written now is written later. */
  @Scheduled(every = "1m", delayed = "1m")
  public void write() {
    Map<UUID, LocalDate> noted = Map.copyOf(used);
    if (noted.isEmpty()) {
      return;
    }
    try {
      jdbi.useTransaction(
          database -> {
            PreparedBatch batch =
                database.prepareBatch(
                    """
                    insert into api_key_use (key, last) select id, :day from api_key where id = :key
                    on conflict (key) do update set last = excluded.last where api_key_use.last < excluded.last
                    """);
            noted.forEach((key, day) -> batch.bind("key", key).bind("day", day).add());
            batch.execute();
          });
      noted.forEach(
          (key, day) -> {
            written.put(key, day);
            used.remove(key, day);
          });
    } catch (JdbiException databaseAway) {
      LOG.debug("The use of keys is written later", databaseAway);
    }
  }
}
