package fr.digital113.directory.demo;

import fr.digital113.directory.database.DirectorySettings;
import fr.digital113.directory.imports.Imports;
import fr.digital113.directory.reference.ReferenceLoader;
import fr.digital113.directory.statistics.VintageRequests;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Loads the demonstration data into a directory without companies: into the program's own database
 * unless told not to, into a configured server only when asked. It goes through the import, so that
 * it is a test of it as well.
 */
@Singleton
class DemonstrationLoader {
  private static final Logger LOG = Logger.getLogger(DemonstrationLoader.class);
  private static final int AFTER_THE_REFERENCE_DATA = ReferenceLoader.PRIORITY + 1_000;
  private static final String ACTOR = "demonstration data";

  private final DirectorySettings settings;
  private final Imports imports;
  private final VintageRequests vintages;
  private final Jdbi jdbi;

  DemonstrationLoader(
      DirectorySettings settings, Imports imports, VintageRequests vintages, Jdbi jdbi) {
    this.settings = settings;
    this.imports = imports;
    this.vintages = vintages;
    this.jdbi = jdbi;
  }

  void atStart(@Observes @Priority(AFTER_THE_REFERENCE_DATA) StartupEvent event) {
    if (!settings.demo().orElse(settings.embeddedDatabase())) {
      return;
    }
    loadIfEmpty();
  }

  /**
   * A load that was cut off is not empty: it goes on, as what is there already does not change. A
   * directory that the team has filled is left alone.
   */
  void loadIfEmpty() {
    if (!begin()) {
      LOG.debug("There are companies already: no demonstration data is loaded");
      return;
    }
    LOG.info("Loading the demonstration data: fictional companies, and what they do together");
    load("members", "/demo/members.csv");
    load("members", "/demo/former-members.csv");
    for (String kind : List.of("factories", "meetings", "initiatives", "events", "workshops")) {
      load(kind, "/demo/" + kind + ".csv");
    }
    jdbi.useTransaction(this::requestVintages);
    jdbi.useHandle(handle -> handle.execute("update demonstration set finished_at = now()"));
  }

  /**
   * The last twelve months in which the demonstration's members came and went, the newest first:
   * what is published first can tell most, and that is what people look at. Every half year in
   * full, else unlike joiners would give each other away.
   */
  private void requestVintages(Handle database) {
    database.execute("select act_as(?)", ACTOR);
    LocalDate firstOfTheLast = LocalDate.of(2026, 6, 1);
    for (int month = 0; month < 12; month++) {
      LocalDate end = firstOfTheLast.minusMonths(month - 1L).minusDays(1);
      vintages.request(database, end, month != 11 && end.getMonthValue() % 6 != 0);
    }
  }

  /** Whether to load: into an empty directory, which is noted, or where a load was cut off. */
  private boolean begin() {
    return jdbi.inTransaction(
        handle -> {
          handle.execute(
              """
              insert into demonstration (id) select true
              where not exists (select from company) and not exists (select from factory)
              on conflict (id) do update set started_at = now(), finished_at = null
              """);
          return handle
              .createQuery("select exists (select from demonstration where finished_at is null)")
              .mapTo(Boolean.class)
              .one();
        });
  }

  private void load(String kind, String resource) {
    try (InputStream content = getClass().getResourceAsStream(resource)) {
      imports.load(kind, Objects.requireNonNull(content, resource), ACTOR);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
