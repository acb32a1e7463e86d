package fr.digital113.directory.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The rules as the running program has them; tests have endpoints of their own. */
@ApplicationScoped
class AccessTable {

  /** The row of an endpoint, whatever its placeholders are called. */
  Optional<Rule> of(String method, String path) {
    return AccessRules.of(method, path);
  }
}
