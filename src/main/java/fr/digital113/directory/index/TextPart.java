package fr.digital113.directory.index;

import java.util.List;

/**
 * What a text says about an item, and how much a word of a query counts that is found there. The
 * points of one word add up over the aspects; within an aspect the best part and way of matching
 * counts. Points for typing mistakes count only where a word is not met otherwise, and an item with
 * fewer such words comes first. A place outweighs a name that has one of the words; a name that has
 * all words outweighs everything ({@link TextMatching}).
 *
 * <p>Points are whole numbers, so that sums of them are exact in any order.
 */
public enum TextPart {
  NAME(Aspect.NAME, 700, 650, 450, 500, 300),
  /** SIREN, SIRET and the like. */
  CODE(Aspect.CODE, 3000, 3000, 0, 1000, 0),
  LEGAL_NAME(Aspect.NAME, 500, 450, 0, 300, 0),
  /** What the item mostly is about. */
  MAIN_TOPIC(Aspect.TOPIC, 720, 670, 510, 400, 250),
  TOPIC(Aspect.TOPIC, 500, 460, 350, 300, 190),
  /** The narrowest place. */
  PLACE(Aspect.PLACE, 1600, 1550, 0, 1500, 450),
  /** A wider territory. */
  AREA(Aspect.PLACE, 200, 190, 0, 150, 100),
  DESCRIPTION(Aspect.DESCRIPTION, 200, 190, 140, 100, 60),
  /** What every item of its type is called, so that who types only that finds all of them. */
  KIND(Aspect.KIND, 1, 1, 0, 0, 0);

  /** Where to look when nothing narrower is asked. */
  static final List<TextPart> ALL = List.of(values());

  /** Parts that tell the same thing, so that a word in several of them counts once. */
  enum Aspect {
    NAME,
    CODE,
    TOPIC,
    PLACE,
    DESCRIPTION,
    KIND
  }

  final Aspect aspect;

  /** The word as it is, accents and case apart. */
  final int exact;

  /** Another form of the word, or it written as two. */
  final int stem;

  final int synonym;
  final int prefix;
  final int typo;

  TextPart(Aspect aspect, int exact, int stem, int synonym, int prefix, int typo) {
    this.aspect = aspect;
    this.exact = exact;
    this.stem = stem;
    this.synonym = synonym;
    this.prefix = prefix;
    this.typo = typo;
  }

  /** Running text, where many words begin alike or are spelled alike. */
  boolean isLong() {
    return this == DESCRIPTION || this == LEGAL_NAME;
  }

  /** Texts that many items have in common. */
  boolean isShared() {
    return aspect == Aspect.TOPIC || aspect == Aspect.PLACE || aspect == Aspect.KIND;
  }

  /** The words, with their positions. */
  String words() {
    return "_words." + name();
  }

  /** Stems, joined pairs of words, and meanings from {@link Synonyms}. */
  String stems() {
    return "_stems." + name();
  }

  /** The first letters of words. */
  String starts() {
    return "_starts." + name();
  }
}
