package fr.digital113.directory.statistics.confidentiality;

import java.util.List;

/** Decides which figures of a new vintage are withheld. */
public final class Protection {

  private final List<Vintage> earlier;

  private Protection(List<Vintage> earlier) {
    this.earlier = List.copyOf(earlier);
  }

  /**
   * @param earlier everything that was ever published, in the order of publication; none of it can
   *     be withdrawn
   */
  public static Protection of(List<Vintage> earlier) {
    return new Protection(earlier);
  }

  /**
   * Withholds of the candidates what it must, so that the audit of everything passes.
   *
   * @throws CannotDecideException when that cannot be shown; nothing may be published then
   */
  public Protected protect(String name, List<Figure> candidates) {
    throw new CannotDecideException(name + " " + candidates + " " + earlier);
  }
}
