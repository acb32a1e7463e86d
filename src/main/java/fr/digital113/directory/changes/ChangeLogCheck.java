package fr.digital113.directory.changes;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Refuses to start on a database whose content could change without the change log seeing it. */
@Singleton
class ChangeLogCheck {
  private static final int BEFORE_ANY_WRITE = 500;

  private final Jdbi jdbi;

  ChangeLogCheck(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void check(@Observes @Priority(BEFORE_ANY_WRITE) StartupEvent event) {
    List<String> unlogged =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select name from unlogged_table order by name")
                    .mapTo(String.class)
                    .list());
    if (!unlogged.isEmpty()) {
      throw new IllegalStateException(
          "The change log does not see writes on "
              + String.join(", ", unlogged)
              + ": their log triggers are missing or disabled. Restore them (ENABLE ALWAYS) and"
              + " call reconcile().");
    }
  }
}
