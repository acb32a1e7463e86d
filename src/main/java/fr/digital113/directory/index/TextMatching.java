package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link TextQuery} into Lucene's terms. Whether an item matches, and with how many points,
 * depends on the query, the item and the shipped files only: nothing is counted in the index, and
 * no expansion is cut off.
 */
final class TextMatching {
  // Each outweighs all that follow together; sums stay below 2^24, up to where floats are exact.
  private static final int NAME_IS_IT = 8_000_000;
  private static final int NAME_BEGINS_WITH_IT = 4_000_000;
  private static final int NAME_HAS_ALL = 2_000_000;

  /** For each of at most 20 words that is there without a typing mistake. */
  private static final int WORD_IS_MET = 90_000;

  private static final int NAME_SAYS_IT_IN_ORDER = 2_000;

  /** A generic word decides between equals, not between sectors or places. */
  private static final int GENERIC_COUNTS_ONE_OF = 10;

  /** How many {@link #band}s there are. */
  static final int BANDS = 4;

  private static final int SHORTEST_PREFIX = 3;

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
    boolean alone = text.words().size() == 1 && text.phrases().isEmpty();
    for (TextQuery.Word word : text.words()) {
      all.add(word(word, alone), word.needed() ? Occur.MUST : Occur.SHOULD);
    }
    text.phrases().forEach(phrase -> all.add(phrase(phrase), Occur.MUST));
    text.excluded().forEach(words -> all.add(excluded(words), Occur.MUST_NOT));
    if (text.all().isEmpty()) {
      all.add(points(0, new MatchAllDocsQuery()), Occur.MUST);
    } else {
      all.add(points(NAME_HAS_ALL, name(text)), Occur.SHOULD);
      bonuses(text).forEach(bonus -> all.add(bonus, Occur.SHOULD));
    }
    return all.build();
  }

  /** Names that have every word that is needed, spelled right. */
  private Query name(TextQuery text) {
    TextPart name = TextPart.NAME;
    BooleanQuery.Builder every = new BooleanQuery.Builder();
    boolean alone = text.words().size() == 1 && text.phrases().isEmpty();
    for (TextQuery.Word word : text.words()) {
      if (!word.needed()) {
        continue;
      }
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      any.add(term(name.words(), word.text()), Occur.SHOULD);
      any.add(anyOf(name.stems(), word.forms()), Occur.SHOULD);
      if (isPrefix(word, name, alone)) {
        any.add(startingWith(name.words(), name.starts(), word.text()), Occur.SHOULD);
      }
      every.add(any.build(), Occur.MUST);
    }
    text.phrases().forEach(phrase -> every.add(inOrder(name.words(), phrase), Occur.MUST));
    return every.build();
  }

  private Query word(TextQuery.Word word, boolean alone) {
    Query met = points(word, alone, 1);
    if (!word.needed()) {
      return points(word, alone, GENERIC_COUNTS_ONE_OF);
    }
    List<Query> ways = new ArrayList<>();
    ways.add(isMet(met));
    if (!word.apart().isEmpty()) {
      BooleanQuery.Builder every = new BooleanQuery.Builder();
      word.apart().forEach(part -> every.add(points(part, false, 1), Occur.MUST));
      ways.add(isMet(every.build()));
    }
    Query mistaken = mistaken(word);
    if (mistaken != null) {
      ways.add(mistaken);
    }
    return ways.size() == 1 ? ways.get(0) : new DisjunctionMaxQuery(ways, 0);
  }

  private static Query isMet(Query query) {
    return new BooleanQuery.Builder()
        .add(query, Occur.MUST)
        .add(points(WORD_IS_MET, new MatchAllDocsQuery()), Occur.MUST)
        .build();
  }

  /**
   * @param alone whether it is the whole query
   * @param share which part of the points it counts
   */
  private Query points(TextQuery.Word word, boolean alone, int share) {
    Map<TextPart.Aspect, List<Query>> ways = new EnumMap<>(TextPart.Aspect.class);
    for (TextPart part : parts) {
      List<Query> here = ways.computeIfAbsent(part.aspect, any -> new ArrayList<>());
      // While it is typed, "mont" is no more Mont than Montpellier.
      int exact = isGrowing(word) ? part.prefix : part.exact;
      int stem = isGrowing(word) ? part.prefix : part.stem;
      here.add(points(exact / share, term(part.words(), word.text())));
      here.add(points(stem / share, anyOf(part.stems(), word.forms())));
      if (part.synonym > 0 && !word.meanings().isEmpty()) {
        here.add(points(part.synonym / share, anyOf(part.stems(), word.meanings())));
      }
      if (part.prefix > 0 && isPrefix(word, part, alone)) {
        here.add(
            points(part.prefix / share, startingWith(part.words(), part.starts(), word.text())));
      }
    }
    return sum(ways);
  }

  /** Where a word like it is; null when no mistake is forgiven. */
  private @Nullable Query mistaken(TextQuery.Word word) {
    Map<TextPart.Aspect, List<Query>> ways = new EnumMap<>(TextPart.Aspect.class);
    int inMeanings = TypingMistakes.forgiven(word, TextPart.DESCRIPTION);
    Set<String> meanings =
        inMeanings > 0 ? Synonyms.shipped().askedLike(word.text(), inMeanings) : Set.of();
    Map<Integer, TypingMistakes.Like> like = new HashMap<>();
    for (TextPart part : parts) {
      int typos = TypingMistakes.forgiven(word, part);
      if (typos > 0) {
        List<Query> here = ways.computeIfAbsent(part.aspect, any -> new ArrayList<>());
        Query alike =
            like.computeIfAbsent(typos, each -> new TypingMistakes.Like(word.text(), each))
                .in(part.words());
        here.add(points(part.typo, alike));
        if (part.synonym > 0 && !meanings.isEmpty()) {
          here.add(points(part.typo, anyOf(part.stems(), meanings)));
        }
        if (isGrowing(word) && TypingMistakes.canBeStart(word)) {
          here.add(points(part.typo - 1, TypingMistakes.startingLike(part.words(), word.text())));
        }
      }
    }
    return ways.isEmpty() ? null : sum(ways);
  }

  private static Query sum(Map<TextPart.Aspect, List<Query>> ways) {
    BooleanQuery.Builder sum = new BooleanQuery.Builder();
    ways.values().forEach(each -> sum.add(new DisjunctionMaxQuery(each, 0), Occur.SHOULD));
    return sum.build();
  }

  private boolean isGrowing(TextQuery.Word word) {
    return whileTyping && word.unfinished();
  }

  /**
   * In a list, one or two letters beside other words are a word more likely than its beginning; and
   * which of the words comes last must not matter.
   */
  private boolean isPrefix(TextQuery.Word word, TextPart part, boolean alone) {
    boolean fromTheFirstLetter = word.unfinished() && !part.isLong() && (alone || whileTyping);
    return fromTheFirstLetter || word.text().length() >= SHORTEST_PREFIX;
  }

  private Query phrase(List<String> words) {
    BooleanQuery.Builder sum = new BooleanQuery.Builder();
    for (TextPart part : saying()) {
      sum.add(points(part.exact * words.size(), inOrder(part.words(), words)), Occur.SHOULD);
    }
    return sum.build();
  }

  private Query excluded(List<String> words) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (TextPart part : saying()) {
      any.add(inOrder(part.words(), words), Occur.SHOULD);
      if (words.size() == 1) {
        any.add(anyOf(part.stems(), Words.stems(words.get(0))), Occur.SHOULD);
      }
    }
    return any.build();
  }

  /** The parts that tell items of a type apart: leaving out what all of them are leaves none. */
  private List<TextPart> saying() {
    return parts.stream().filter(part -> part != TextPart.KIND).toList();
  }

  private List<Query> bonuses(TextQuery text) {
    List<String> words = text.all();
    String whole = TextFields.wholeName(words);
    List<Query> bonuses = new ArrayList<>();
    // "bez" is no more Le Bez than Béziers while its last word grows: prominence decides.
    if (text.words().stream().noneMatch(this::isGrowing)) {
      bonuses.add(points(NAME_IS_IT, term(TextFields.WHOLE_NAME, whole)));
    }
    bonuses.add(
        points(
            NAME_BEGINS_WITH_IT,
            startingWith(TextFields.WHOLE_NAME, TextFields.WHOLE_NAME_STARTS, whole)));
    if (words.size() > 1) {
      bonuses.add(points(NAME_SAYS_IT_IN_ORDER, inOrder(TextPart.NAME.words(), words)));
    }
    return bonuses;
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

  private static Query points(int points, Query query) {
    return new BoostQuery(new ConstantScoreQuery(query), points);
  }
}
