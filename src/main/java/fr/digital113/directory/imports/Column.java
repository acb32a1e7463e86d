package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.util.List;

/**
 * A column of the cluster's own files.
 *
 * @param name as the API calls the field
 * @param aliases other names that a header may use, French ones first
 * @param secret whether a report must not repeat its cells
 * @param meaning what to write in it, for the template
 */
record Column(String name, List<String> aliases, boolean secret, Text meaning) {

  static Column of(String name, List<String> aliases, String fr, String en) {
    return new Column(name, aliases, false, new Text(fr, en));
  }

  /** A column that may hold what a report must not keep. */
  static Column secret(String name, List<String> aliases, String fr, String en) {
    return new Column(name, aliases, true, new Text(fr, en));
  }
}
