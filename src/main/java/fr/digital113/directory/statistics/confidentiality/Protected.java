package fr.digital113.directory.statistics.confidentiality;

import java.util.Map;

/**
 * A vintage of which everything that would disclose something is withheld.
 *
 * @param vintage the candidates, and which are withheld
 * @param report the audit of it together with everything that was published before
 */
public record Protected(Vintage vintage, Report report) {

  /** The ids of the withheld figures, and why. */
  public Map<String, Reason> withheld() {
    return vintage.withheld();
  }
}
