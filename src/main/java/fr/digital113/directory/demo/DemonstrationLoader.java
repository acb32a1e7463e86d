package fr.digital113.directory.demo;

import fr.digital113.directory.database.DirectorySettings;
import fr.digital113.directory.imports.Imports;
import fr.digital113.directory.reference.ReferenceLoader;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jboss.logging.Logger;
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
  private final Jdbi jdbi;

  DemonstrationLoader(DirectorySettings settings, Imports imports, Jdbi jdbi) {
    this.settings = settings;
    this.imports = imports;
    this.jdbi = jdbi;
  }

  void atStart(@Observes @Priority(AFTER_THE_REFERENCE_DATA) StartupEvent event) {
    if (!settings.demo().orElse(settings.embeddedDatabase())) {
      return;
    }
    if (!isEmpty()) {
      LOG.debug("There are companies already: no demonstration data is loaded");
      return;
    }
    LOG.info("Loading the demonstration data: fictional companies and Factories");
    load("members", "/demo/members.csv");
    load("members", "/demo/former-members.csv");
    load("factories", "/demo/factories.csv");
  }

  private boolean isEmpty() {
    return !jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from company) or exists (select from factory)")
                .mapTo(Boolean.class)
                .one());
  }

  private void load(String kind, String resource) {
    try (InputStream content = getClass().getResourceAsStream(resource)) {
      imports.load(kind, Objects.requireNonNull(content, resource), ACTOR);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
