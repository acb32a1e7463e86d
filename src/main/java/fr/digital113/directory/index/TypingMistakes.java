package fr.digital113.directory.index;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.Accountable;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

/** What may have been meant by what is no word that we know. */
final class TypingMistakes {
  private static final int SHORTEST_WITH_TYPO = 4;
  private static final int SHORTEST_WITH_TYPO_IN_LONG = 6;
  private static final int SHORTEST_WITH_TWO_TYPOS = 10;
  private static final int SHORTEST_START_WITH_TYPO = 5;
  private static final int LONGEST_WITH_TYPO = 30; // longer ones would cost more than they find

  private TypingMistakes() {}

  /** How many typing mistakes are forgiven. */
  static int forgiven(TextQuery.Word word, TextPart part) {
    int length = word.text().length();
    int shortest = part.isLong() ? SHORTEST_WITH_TYPO_IN_LONG : SHORTEST_WITH_TYPO;
    if (part.typo == 0
        || word.correct()
        || length < shortest
        || length > LONGEST_WITH_TYPO
        || hasDigit(word.text())) {
      return 0;
    }
    return length >= SHORTEST_WITH_TWO_TYPOS ? 2 : 1;
  }

  private static boolean hasDigit(String word) {
    return word.chars().anyMatch(Character::isDigit);
  }

  /** Whether its beginning says enough to look for words that begin alike. */
  static boolean canBeStart(TextQuery.Word word) {
    return word.text().length() >= SHORTEST_START_WITH_TYPO;
  }

  /**
   * The words that are so many mistakes away from one at most, for any number of fields; the first
   * letter is always right. It is made once: Lucene's own query does that for each field and each
   * segment, which took most of a search with mistakes.
   */
  static final class Like {
    private final Automaton like;
    private final CompiledAutomaton words;

    Like(String text, int typos) {
      int first = text.offsetByCodePoints(0, 1);
      like =
          Objects.requireNonNull(
              new LevenshteinAutomata(text.substring(first), true)
                  .toAutomaton(typos, text.substring(0, first)));
      words = new CompiledAutomaton(like, true, true);
    }

    /** Tests words that are no index's. */
    Predicate<String> test() {
      return new CharacterRunAutomaton(like)::run;
    }

    Query in(String field) {
      return new InField(field, words);
    }
  }

  /** Tells its size, as whoever remembers queries would take it for a few words. */
  private static final class InField extends MultiTermQuery implements Accountable {
    private final CompiledAutomaton words;

    InField(String field, CompiledAutomaton words) {
      super(field, CONSTANT_SCORE_BLENDED_REWRITE);
      this.words = words;
    }

    @Override
    protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
      return words.getTermsEnum(terms);
    }

    @Override
    public void visit(QueryVisitor visitor) {
      if (visitor.acceptField(getField())) {
        words.visit(visitor, this, getField());
      }
    }

    @Override
    public long ramBytesUsed() {
      return words.ramBytesUsed();
    }

    @Override
    public String toString(String field) {
      return getField() + ":like";
    }

    @Override
    public boolean equals(Object other) {
      return super.equals(other) && words.equals(((InField) other).words);
    }

    @Override
    public int hashCode() {
      return 31 * super.hashCode() + words.hashCode();
    }
  }

  /** Words that begin with what is one mistake away at most. */
  static Query startingLike(String field, String text) {
    int first = text.offsetByCodePoints(0, 1);
    Automaton like =
        new LevenshteinAutomata(text.substring(first), true)
            .toAutomaton(1, text.substring(0, first));
    Automaton start =
        Operations.concatenate(Objects.requireNonNull(like), Automata.makeAnyString());
    return new AutomatonQuery(
        new Term(field, text),
        start,
        Operations.DEFAULT_DETERMINIZE_WORK_LIMIT,
        false,
        MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
  }
}
