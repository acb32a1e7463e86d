package fr.digital113.directory.reference;

import fr.digital113.directory.web.Text;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * Insee's size classes (trancheEffectifs), smallest first. Read at start, because public reads go
 * on while the database is away; they change with the reference files only.
 */
@Singleton
public class SizeClasses {
  private final Jdbi jdbi;
  private volatile Map<String, Text> labels = Map.of();

  SizeClasses(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void load(@Observes @Priority(ReferenceLoader.PRIORITY + 1) StartupEvent event) {
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

  /** What a class is called. */
  public Text label(String code) {
    Text label = labels.get(code);
    if (label == null) {
      throw new IllegalArgumentException("no size class " + code);
    }
    return label;
  }
}
