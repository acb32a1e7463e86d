package fr.digital113.directory.reference;

import fr.digital113.directory.web.Text;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Insee's size classes (trancheEffectifs), smallest first. Read at start, because public reads go
 * on while the database is away; and again when a code is met that another process has loaded
 * since.
 */
@Singleton
public class SizeClasses {
  private static final Logger LOG = Logger.getLogger(SizeClasses.class);

  private final Jdbi jdbi;
  private volatile Map<String, Text> labels = Map.of();

  /** Codes that were looked for in the database in vain, once. */
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  SizeClasses(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void load(@Observes @Priority(ReferenceLoader.PRIORITY + 1) StartupEvent event) {
    read();
  }

  private void read() {
    Map<String, Text> read = new LinkedHashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select code, label_fr, label_en from size_class order by rank")
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getString("code"),
                            new Text(row.getString("label_fr"), row.getString("label_en"))))
                .forEach(each -> read.put(each.getKey(), each.getValue())));
    labels = read;
  }

  /** The codes, such as {@code 11} for 10 to 19 employees. */
  public Collection<String> codes() {
    return labels.keySet();
  }

  /** What a class is called; the code itself when that cannot be known. */
  public Text label(String code) {
    Text label = labels.get(code);
    if (label == null && !unknown.contains(code)) {
      label = readAgain(code);
    }
    return label == null ? new Text(code, code) : label;
  }

  private @Nullable Text readAgain(String code) {
    try {
      read();
    } catch (JdbiException away) {
      LOG.warnf("Size class %s is shown by its code, the database is away: %s", code, away);
      return null;
    }
    Text label = labels.get(code);
    if (label == null) {
      unknown.add(code);
      LOG.warnf("Size class %s is shown by its code: the database does not have it", code);
    }
    return label;
  }
}
