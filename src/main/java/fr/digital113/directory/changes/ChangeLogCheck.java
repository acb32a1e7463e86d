package fr.digital113.directory.changes;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Refuses to start on a database whose content could change round the change log or the rules. */
@Singleton
class ChangeLogCheck {
  private static final int BEFORE_ANY_WRITE = 500;

  private final Jdbi jdbi;

  ChangeLogCheck(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void check(@Observes @Priority(BEFORE_ANY_WRITE) StartupEvent event) {
    List<String> disabled =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select name from disabled_trigger order by name")
                    .mapTo(String.class)
                    .list());
    if (!disabled.isEmpty()) {
      throw new IllegalStateException(
          "Writes could go round the change log or the rules, as these triggers are missing or"
              + " disabled: "
              + String.join(", ", disabled)
              + ". Restore them (ENABLE ALWAYS) and call reconcile().");
    }
  }
}
