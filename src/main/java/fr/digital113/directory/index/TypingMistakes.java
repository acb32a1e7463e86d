package fr.digital113.directory.index;

import java.util.Objects;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
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

  /** Accepts words that are so many mistakes away at most; the first letter is always right. */
  static CharacterRunAutomaton automaton(String text, int typos) {
    int first = text.offsetByCodePoints(0, 1);
    return new CharacterRunAutomaton(
        Objects.requireNonNull(
            new LevenshteinAutomata(text.substring(first), true)
                .toAutomaton(typos, text.substring(0, first))));
  }

  /** Whether its beginning says enough to look for words that begin alike. */
  static boolean canBeStart(TextQuery.Word word) {
    return word.text().length() >= SHORTEST_START_WITH_TYPO;
  }

  static Query like(String field, String text, int typos) {
    return new FuzzyQuery(
        new Term(field, text),
        typos,
        1,
        FuzzyQuery.defaultMaxExpansions, // the way of rewriting takes all
        true,
        MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
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
