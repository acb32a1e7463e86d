package fr.digital113.directory.reference;

import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Insee's size classes (trancheEffectifs), smallest first. Read once; they change with the
 * reference files only.
 */
@Singleton
public class SizeClasses {
  private final Jdbi jdbi;
  private volatile @Nullable Map<String, Text> labels;

  SizeClasses(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The codes, such as {@code 11} for 10 to 19 employees. */
  public Collection<String> codes() {
    return labels().keySet();
  }

  /** What a class is called. */
  public Text label(String code) {
    Text label = labels().get(code);
    if (label == null) {
      throw new IllegalArgumentException("no size class " + code);
    }
    return label;
  }

  private Map<String, Text> labels() {
    Map<String, Text> known = labels;
    if (known == null) {
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
      known = read;
      labels = read;
    }
    return known;
  }
}
