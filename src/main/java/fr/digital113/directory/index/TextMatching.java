package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

/**
 * Turns a {@link TextQuery} into Lucene's terms. Whether an item matches, and with how many points,
 * depends on the query, the item and the shipped files only: nothing is counted in the index, and
 * no expansion is cut off.
 */
final class TextMatching {
  // Each outweighs all that follow together; sums stay below 2^24, up to where floats are exact.
  private static final int NAME_IS_IT = 2_000_000;
  private static final int NAME_BEGINS_WITH_IT = 1_000_000;
  private static final int NAME_HAS_ALL = 500_000;
  private static final int NAME_SAYS_IT_IN_ORDER = 2_000;

  /** How many {@link #band}s there are. */
  static final int BANDS = 4;

  private static final int SHORTEST_PREFIX = 3;
  private static final int SHORTEST_WITH_TYPO = 4;
  private static final int SHORTEST_WITH_TYPO_IN_LONG = 6;
  private static final int SHORTEST_WITH_TWO_TYPOS = 8;
  private static final int SHORTEST_START_WITH_TYPO = 5;
  private static final int LONGEST_WITH_TYPO = 30; // longer ones would cost more than they find

  private final Collection<TextPart> parts;
  private final boolean whileTyping;

  /**
   * @param whileTyping whether the last word may be the beginning of a word and have a mistake
   */
  TextMatching(Collection<TextPart> parts, boolean whileTyping) {
    this.parts = parts;
    this.whileTyping = whileTyping;
  }

  /** How an item that was found with so many points has the text in its name; the best is 0. */
  static int band(float points) {
    return points >= NAME_IS_IT
        ? 0
        : points >= NAME_BEGINS_WITH_IT ? 1 : points >= NAME_HAS_ALL ? 2 : 3;
  }

  Query of(TextQuery text) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    text.words().forEach(word -> all.add(word(word), Occur.MUST));
    text.phrases().forEach(phrase -> all.add(phrase(phrase), Occur.MUST));
    text.excluded().forEach(words -> all.add(excluded(words), Occur.MUST_NOT));
    if (text.all().isEmpty()) {
      all.add(points(0, new MatchAllDocsQuery()), Occur.MUST);
    } else {
      all.add(points(NAME_HAS_ALL, name(text)), Occur.SHOULD);
      bonuses(text.all()).forEach(bonus -> all.add(bonus, Occur.SHOULD));
    }
    return all.build();
  }

  /** Names that have every word, spelled right. */
  private static Query name(TextQuery text) {
    TextPart name = TextPart.NAME;
    BooleanQuery.Builder every = new BooleanQuery.Builder();
    for (TextQuery.Word word : text.words()) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      any.add(term(name.words(), word.text()), Occur.SHOULD);
      any.add(anyOf(name.stems(), word.forms()), Occur.SHOULD);
      if (isPrefix(word, name)) {
        any.add(startingWith(name.words(), name.starts(), word.text()), Occur.SHOULD);
      }
      every.add(any.build(), Occur.MUST);
    }
    text.phrases().forEach(phrase -> every.add(inOrder(name.words(), phrase), Occur.MUST));
    return every.build();
  }

  private Query word(TextQuery.Word word) {
    Map<TextPart.Aspect, List<Query>> waysByAspect = new EnumMap<>(TextPart.Aspect.class);
    for (TextPart part : parts) {
      List<Query> ways = waysByAspect.computeIfAbsent(part.aspect, any -> new ArrayList<>());
      // While it is typed, "mont" is no more Mont than Montpellier.
      boolean growing = whileTyping && word.unfinished();
      ways.add(points(growing ? part.prefix : part.exact, term(part.words(), word.text())));
      ways.add(points(growing ? part.prefix : part.stem, anyOf(part.stems(), word.forms())));
      if (part.synonym > 0 && !word.meanings().isEmpty()) {
        ways.add(points(part.synonym, anyOf(part.stems(), word.meanings())));
      }
      if (isPrefix(word, part)) {
        ways.add(points(part.prefix, startingWith(part.words(), part.starts(), word.text())));
      }
      if (typos(word, part) > 0) {
        ways.add(points(part.typo, like(part.words(), word.text(), typos(word, part))));
        if (growing && word.text().length() >= SHORTEST_START_WITH_TYPO) {
          ways.add(points(part.typo - 1, startingLike(part.words(), word.text())));
        }
      }
    }
    BooleanQuery.Builder sum = new BooleanQuery.Builder();
    waysByAspect.values().forEach(ways -> sum.add(new DisjunctionMaxQuery(ways, 0), Occur.SHOULD));
    return sum.build();
  }

  private static boolean isPrefix(TextQuery.Word word, TextPart part) {
    int shortest = word.unfinished() && !part.isLong() ? 1 : SHORTEST_PREFIX;
    return word.text().length() >= shortest;
  }

  /** How many typing mistakes are forgiven. */
  private static int typos(TextQuery.Word word, TextPart part) {
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

  private Query phrase(List<String> words) {
    BooleanQuery.Builder sum = new BooleanQuery.Builder();
    for (TextPart part : parts) {
      sum.add(points(part.exact * words.size(), inOrder(part.words(), words)), Occur.SHOULD);
    }
    return sum.build();
  }

  private Query excluded(List<String> words) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (TextPart part : parts) {
      any.add(inOrder(part.words(), words), Occur.SHOULD);
      if (words.size() == 1) {
        any.add(anyOf(part.stems(), Words.stems(words.get(0))), Occur.SHOULD);
      }
    }
    return any.build();
  }

  private static Stream<Query> bonuses(List<String> words) {
    String whole = TextFields.wholeName(words);
    Query same = points(NAME_IS_IT, term(TextFields.WHOLE_NAME, whole));
    Query begins =
        points(
            NAME_BEGINS_WITH_IT,
            startingWith(TextFields.WHOLE_NAME, TextFields.WHOLE_NAME_STARTS, whole));
    return words.size() == 1
        ? Stream.of(same, begins)
        : Stream.of(
            same, begins, points(NAME_SAYS_IT_IN_ORDER, inOrder(TextPart.NAME.words(), words)));
  }

  private static Query term(String field, String text) {
    return new TermQuery(new Term(field, text));
  }

  private static Query anyOf(String field, Collection<String> terms) {
    return new TermInSetQuery(field, terms.stream().sorted().map(BytesRef::new).toList());
  }

  private static Query inOrder(String field, List<String> words) {
    return new PhraseQuery(field, words.toArray(String[]::new));
  }

  private static Query startingWith(String field, String starts, String text) {
    return text.length() <= TextFields.LONGEST_START
        ? term(starts, text)
        : new PrefixQuery(new Term(field, text));
  }

  private static Query like(String field, String text, int typos) {
    return new FuzzyQuery(
        new Term(field, text),
        typos,
        1,
        FuzzyQuery.defaultMaxExpansions, // the way of rewriting takes all
        true,
        MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
  }

  /** Words that begin with what is one mistake away at most. */
  private static Query startingLike(String field, String text) {
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

  private static Query points(int points, Query query) {
    return new BoostQuery(new ConstantScoreQuery(query), points);
  }
}
