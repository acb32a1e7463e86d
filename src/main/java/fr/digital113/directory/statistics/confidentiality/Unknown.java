package fr.digital113.directory.statistics.confidentiality;

import java.util.Map;

/**
 * What the attacker does not know: the headcount of one company during a stretch in which it does
 * not change. The same key in two vintages is the same unknown, so the attacker knows that it did
 * not change.
 *
 * @param key names the company and the stretch; two unknowns of one key are equal in all
 * @param low the least headcount that the public size class allows, jobs
 * @param high the greatest, jobs
 * @param value the true headcount, within both
 */
public record Unknown(String key, int low, int high, int value) {

  /**
   * Size classes of Insee's "tranches d'effectifs": least and greatest headcount. 53 has no
   * greatest, NN no bounds.
   */
  private static final Map<String, int[]> CLASSES =
      Map.ofEntries(
          Map.entry("00", new int[] {0, 0}),
          Map.entry("01", new int[] {1, 2}),
          Map.entry("02", new int[] {3, 5}),
          Map.entry("03", new int[] {6, 9}),
          Map.entry("11", new int[] {10, 19}),
          Map.entry("12", new int[] {20, 49}),
          Map.entry("21", new int[] {50, 99}),
          Map.entry("22", new int[] {100, 199}),
          Map.entry("31", new int[] {200, 249}),
          Map.entry("32", new int[] {250, 499}),
          Map.entry("41", new int[] {500, 999}),
          Map.entry("42", new int[] {1_000, 1_999}),
          Map.entry("51", new int[] {2_000, 4_999}),
          Map.entry("52", new int[] {5_000, 9_999}));

  private static final int OPEN_CLASS = 10_000;

  public Unknown {
    if (low < 0 || low > value || value > high) {
      throw new IllegalArgumentException("The headcount of " + key + " is not within its bounds");
    }
  }

  /**
   * An unknown with the bounds of its size class. Class 53 has no upper bound, and NN (or a code
   * that is none) has no bounds: the attacker is taken to know twice the larger of lower bound and
   * true value as the upper one. A headcount outside its class widens the bounds to itself, because
   * an attacker who trusts a wrong class is misled, not helped.
   *
   * @param sizeClass code of the class, such as {@code 12}
   */
  public static Unknown of(String key, String sizeClass, int headcount) {
    int[] bounds = CLASSES.get(sizeClass);
    if (bounds == null) {
      int low = sizeClass.equals("53") ? OPEN_CLASS : 0;
      bounds = new int[] {low, 2 * Math.max(low, headcount)};
    }
    return new Unknown(
        key, Math.min(bounds[0], headcount), Math.max(bounds[1], headcount), headcount);
  }

  /** The same headcount, of which the bounds of another are known as well. */
  Unknown within(Unknown other) {
    return new Unknown(key, Math.max(low, other.low), Math.min(high, other.high), value);
  }

  /** What the size class alone leaves the attacker, jobs. */
  int width() {
    return high - low;
  }
}
