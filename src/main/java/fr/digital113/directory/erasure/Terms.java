package fr.digital113.directory.erasure;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What belongs to the person who is forgotten. Whoever looks for it makes candidates of a text and
 * asks whether they are among it: so it does not matter whether the terms themselves are known, as
 * when they are given, or their keyed hashes alone, as in a replay.
 */
final class Terms {
  /** What a term is. */
  enum Kind {
    /** An address, in lower case. */
    EMAIL,
    /** Digits, with the code of the country. */
    PHONE,
    /** A name or another text: its words, folded. */
    WORDS,
    /** Who wrote, as the log names it. */
    ACTOR
  }

  /**
   * A term.
   *
   * @param words how many words it has, as that many make a candidate
   * @param text the term as {@link Finder} makes its candidates, or the keyed hash of it
   */
  record Term(Kind kind, int words, String text) {
    static Term of(Kind kind, String text) {
      return new Term(kind, kind == Kind.WORDS ? text.split(" ", -1).length : 1, text);
    }

    Term hashed(ErasureKey key) {
      return new Term(kind, words, key.hash(entry(kind, text)));
    }
  }

  private final Set<String> known = new HashSet<>();
  private final Set<Integer> lengths = new TreeSet<>();
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final UnaryOperator<String> form;

  private Terms(List<Term> terms, UnaryOperator<String> form) {
    this.form = form;
    for (Term term : terms) {
      kinds.add(term.kind());
      if (term.kind() == Kind.WORDS) {
        lengths.add(term.words());
      }
    }
  }

  /** Terms as they were given. */
  static Terms given(List<Term> terms) {
    Terms given = new Terms(terms, UnaryOperator.identity());
    terms.forEach(term -> given.known.add(entry(term.kind(), term.text())));
    return given;
  }

  /** Terms of which only the hashes are known. */
  static Terms hashed(List<Term> terms, ErasureKey key) {
    Terms hashed = new Terms(terms, key::hash);
    terms.forEach(term -> hashed.known.add(term.text()));
    return hashed;
  }

  /** Whether there are terms of a kind, so that it is worth to look for them. */
  boolean have(Kind kind) {
    return kinds.contains(kind);
  }

  boolean contain(Kind kind, String candidate) {
    return known.contains(form.apply(entry(kind, candidate)));
  }

  /** How many words the terms of words have. */
  Set<Integer> lengths() {
    return lengths;
  }

  private static String entry(Kind kind, String text) {
    return kind + ":" + text;
  }
}
