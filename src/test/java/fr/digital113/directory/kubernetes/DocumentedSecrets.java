package fr.digital113.directory.kubernetes;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Secrets of the table in docs/operations/kubernetes.md. */
final class DocumentedSecrets {
  private static final Pattern ROW = Pattern.compile("(?m)^ *\\| Secret `([^`]+)` \\| ([^|]+) \\|");
  private static final Pattern KEY = Pattern.compile("`([^`]+)`");

  private DocumentedSecrets() {}

  /** All, as {@code name/key}. */
  static Set<String> read() {
    Set<String> secrets = new TreeSet<>();
    Matcher rows = ROW.matcher(Manifests.text(Path.of("docs/operations/kubernetes.md")));
    while (rows.find()) {
      Matcher keys = KEY.matcher(rows.group(2));
      while (keys.find()) {
        secrets.add(rows.group(1) + "/" + keys.group(1));
      }
    }
    return secrets;
  }

  /** The version of the pom, as images are tagged with it. */
  static String version() {
    Matcher version =
        Pattern.compile(
                "<artifactId>directory</artifactId>\\s*<version>([^<]+?)(-SNAPSHOT)?</version>")
            .matcher(Manifests.text(Path.of("pom.xml")));
    if (!version.find()) {
      throw new AssertionError("No version in pom.xml");
    }
    return version.group(1);
  }
}
