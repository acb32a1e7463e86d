package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Turns a {@link TextQuery} into {@link Points}. Whether an item matches, and with how many points,
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
    List<Points> required = new ArrayList<>();
    List<Points> optional = new ArrayList<>();
    boolean alone = text.words().size() == 1 && text.phrases().isEmpty();
    for (TextQuery.Word word : text.words()) {
      (word.needed() ? required : optional).add(word(word, alone));
    }
    text.phrases().forEach(phrase -> required.add(phrase(phrase)));
    if (text.all().isEmpty()) {
      required.add(points(0, new MatchAllDocsQuery()));
    } else {
      optional.add(new Points.Flat(name(text), NAME_HAS_ALL));
      optional.addAll(bonuses(text));
    }
    return new PointsQuery(
        new Points.Sum(required, optional, text.excluded().stream().map(this::excluded).toList()));
  }

  /** Names that have every word that is needed, spelled right. */
  private Points name(TextQuery text) {
    TextPart name = TextPart.NAME;
    List<Points> every = new ArrayList<>();
    boolean alone = text.words().size() == 1 && text.phrases().isEmpty();
    for (TextQuery.Word word : text.words()) {
      if (!word.needed()) {
        continue;
      }
      List<Points> any = new ArrayList<>();
      any.add(points(0, term(name.words(), word.text())));
      any.add(anyOf(0, name.stems(), word.forms()));
      if (isPrefix(word, name, alone)) {
        any.add(points(0, startingWith(name.words(), name.starts(), word.text())));
      }
      every.add(new Points.Best(any));
    }
    text.phrases().forEach(phrase -> every.add(points(0, inOrder(name.words(), phrase))));
    return Points.Sum.ofAll(every);
  }

  private Points word(TextQuery.Word word, boolean alone) {
    if (!word.needed()) {
      return points(word, alone, GENERIC_COUNTS_ONE_OF);
    }
    List<Points> ways = new ArrayList<>();
    ways.add(new Points.More(points(word, alone, 1), WORD_IS_MET));
    if (!word.apart().isEmpty()) {
      List<Points> every = word.apart().stream().map(part -> points(part, false, 1)).toList();
      ways.add(new Points.More(Points.Sum.ofAll(every), WORD_IS_MET));
    }
    ways.add(mistaken(word));
    return new Points.Best(ways);
  }

  /**
   * @param alone whether it is the whole query
   * @param share which part of the points it counts
   */
  private Points points(TextQuery.Word word, boolean alone, int share) {
    Map<TextPart.Aspect, List<Points>> ways = new EnumMap<>(TextPart.Aspect.class);
    for (TextPart part : parts) {
      List<Points> here = ways.computeIfAbsent(part.aspect, any -> new ArrayList<>());
      // While it is typed, "mont" is no more Mont than Montpellier.
      int exact = isGrowing(word) ? part.prefix : part.exact;
      int stem = isGrowing(word) ? part.prefix : part.stem;
      here.add(points(exact / share, term(part.words(), word.text())));
      here.add(anyOf(stem / share, part.stems(), word.forms()));
      if (part.synonym > 0 && !word.meanings().isEmpty()) {
        here.add(anyOf(part.synonym / share, part.stems(), word.meanings()));
      }
      if (part.prefix > 0 && isPrefix(word, part, alone)) {
        here.add(
            points(part.prefix / share, startingWith(part.words(), part.starts(), word.text())));
      }
    }
    return sum(ways);
  }

  /** Where a word like it is; nowhere when no mistake is forgiven. */
  private Points mistaken(TextQuery.Word word) {
    Map<TextPart.Aspect, List<Points>> ways = new EnumMap<>(TextPart.Aspect.class);
    List<TextPart> forgiving =
        parts.stream().filter(part -> TypingMistakes.forgiven(word, part) > 0).toList();
    if (!forgiving.isEmpty()) {
      // How many is a matter of the word alone
      int typos = TypingMistakes.forgiven(word, forgiving.get(0));
      var like = new TypingMistakes.Like(word.text(), typos);
      Set<String> meanings =
          TypingMistakes.forgiven(word, TextPart.DESCRIPTION) > 0
              ? Synonyms.shipped().askedLike(like.test())
              : Set.of();
      for (TextPart part : forgiving) {
        List<Points> here = ways.computeIfAbsent(part.aspect, any -> new ArrayList<>());
        here.add(points(part.typo, like.in(part.words())));
        if (part.synonym > 0 && !meanings.isEmpty()) {
          here.add(anyOf(part.typo, part.stems(), meanings));
        }
        if (isGrowing(word) && TypingMistakes.canBeStart(word)) {
          here.add(points(part.typo - 1, TypingMistakes.startingLike(part.words(), word.text())));
        }
      }
    }
    return sum(ways);
  }

  private static Points sum(Map<TextPart.Aspect, List<Points>> ways) {
    return Points.Sum.ofAny(
        ways.values().stream().<Points>map(each -> new Points.Best(each)).toList());
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

  private Points phrase(List<String> words) {
    return Points.Sum.ofAny(
        saying().stream()
            .map(part -> points(part.exact * words.size(), inOrder(part.words(), words)))
            .toList());
  }

  private Points excluded(List<String> words) {
    List<Points> any = new ArrayList<>();
    for (TextPart part : saying()) {
      any.add(points(0, inOrder(part.words(), words)));
      if (words.size() == 1) {
        any.add(anyOf(0, part.stems(), Words.stems(words.get(0))));
      }
    }
    return new Points.Best(any);
  }

  /** The parts that tell items of a type apart: leaving out what all of them are leaves none. */
  private List<TextPart> saying() {
    return parts.stream().filter(part -> part != TextPart.KIND).toList();
  }

  private List<Points> bonuses(TextQuery text) {
    List<String> words = text.all();
    String whole = TextFields.wholeName(words);
    List<Points> bonuses = new ArrayList<>();
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

  /** Together, as looking each up by itself takes most of a search for many rare words. */
  private static Points anyOf(int points, String field, Collection<String> terms) {
    return points(
        points,
        terms.size() == 1
            ? term(field, terms.iterator().next())
            : new TermInSetQuery(field, terms.stream().sorted().map(BytesRef::new).toList()));
  }

  private static Query inOrder(String field, List<String> words) {
    return new PhraseQuery(field, words.toArray(String[]::new));
  }

  private static Query startingWith(String field, String starts, String text) {
    return text.length() <= TextFields.LONGEST_START
        ? term(starts, text)
        : new PrefixQuery(new Term(field, text));
  }

  private static Points points(int points, Query query) {
    return new Points.Each(points, query);
  }
}
