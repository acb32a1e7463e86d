package fr.digital113.directory.statistics.confidentiality;

import java.util.List;

/** The attacker: what can be concluded from everything that is published. */
public final class Audit {

  private final List<Vintage> vintages;

  private Audit(List<Vintage> vintages) {
    this.vintages = List.copyOf(vintages);
  }

  /**
   * @param vintages all of them, in the order of publication
   */
  public static Audit of(List<Vintage> vintages) {
    return new Audit(vintages);
  }

  /**
   * Plays the attacker.
   *
   * @throws CannotDecideException when the bounds cannot be computed; that is no pass
   */
  public Report report() {
    throw new CannotDecideException("" + vintages);
  }
}
