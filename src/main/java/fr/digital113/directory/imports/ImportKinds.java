package fr.digital113.directory.imports;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every kind of file that can be imported, by name. */
@ApplicationScoped
class ImportKinds {
  private final Map<String, ImportKind> byName = new TreeMap<>();

  ImportKinds(Instance<ImportKind> kinds) {
    kinds.forEach(kind -> byName.put(kind.name(), kind));
  }

  /**
   * @throws ProblemException that lists the valid names
   */
  ImportKind named(@Nullable String name) {
    return find(name, kind -> true);
  }

  /** One of the cluster's own kinds, which have templates and exports. */
  OwnFileKind own(String name) {
    return (OwnFileKind) find(name, kind -> kind instanceof OwnFileKind);
  }

  private ImportKind find(@Nullable String name, Predicate<ImportKind> wanted) {
    ImportKind kind = name == null ? null : byName.get(name);
    if (kind != null && wanted.test(kind)) {
      return kind;
    }
    List<String> valid = byName.values().stream().filter(wanted).map(ImportKind::name).toList();
    Text message =
        new Text("Valeurs possibles : %s.", "Valid values: %s.").with(String.join(", ", valid));
    throw new ProblemException(
        ProblemType.INVALID_PARAMETER,
        message,
        List.of(new FieldError("kind", name == null ? "required" : "unknown_value", message)));
  }
}
