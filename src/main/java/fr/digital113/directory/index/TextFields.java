package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

/** The fields that a text is found by. */
final class TextFields {
  /**
   * The whole name, its words joined by spaces; with and without what small words it begins with.
   */
  static final String WHOLE_NAME = "_whole";

  static final String WHOLE_NAME_STARTS = "_wholeStarts";

  /** Starts of up to so many letters are terms: as many words have them, a search would be slow. */
  static final int LONGEST_START = 4;

  /** In running text, shorter starts tell nothing. */
  static final int SHORTEST_START_IN_LONG = 3;

  /** Between two texts of one part, so that no phrase reaches from one into the next. */
  private static final int GAP = 100;

  private static final int MAX_NAME = 200;

  private static final FieldType WITH_POSITIONS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
  private static final FieldType PLAIN = type(IndexOptions.DOCS);

  private TextFields() {}

  private static FieldType type(IndexOptions options) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setOmitNorms(true);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  static void add(Document document, TextPart part, String text) {
    List<String> words = Words.of(text);
    if (words.isEmpty()) {
      return;
    }
    document.add(new Field(part.words(), new Terms(words, GAP), WITH_POSITIONS));
    document.add(new Field(part.stems(), new Terms(stems(part, words), 1), PLAIN));
    int shortest = part.isLong() ? SHORTEST_START_IN_LONG : 1;
    Set<String> starts = starts(words, shortest);
    if (!starts.isEmpty()) {
      document.add(new Field(part.starts(), new Terms(starts, 1), PLAIN));
    }
    if (part == TextPart.NAME) {
      Set<String> names = wholeNames(words);
      document.add(new Field(WHOLE_NAME, new Terms(names, 1), PLAIN));
      document.add(new Field(WHOLE_NAME_STARTS, new Terms(starts(names, 1), 1), PLAIN));
    }
  }

  private static Set<String> stems(TextPart part, List<String> words) {
    Set<String> stems = new LinkedHashSet<>();
    words.forEach(word -> stems.addAll(Words.stems(word)));
    if (!part.isLong()) {
      for (int i = 1; i < words.size(); i++) {
        stems.addAll(Words.stems(words.get(i - 1) + words.get(i)));
      }
    }
    if (part.synonym > 0) {
      stems.addAll(Synonyms.shipped().said(words));
    }
    return stems;
  }

  private static Set<String> starts(Iterable<String> terms, int shortest) {
    Set<String> starts = new LinkedHashSet<>();
    for (String term : terms) {
      for (int length = shortest; length <= Math.min(LONGEST_START, term.length()); length++) {
        starts.add(term.substring(0, length));
      }
    }
    return starts;
  }

  private static Set<String> wholeNames(List<String> words) {
    Set<String> names = new LinkedHashSet<>();
    names.add(wholeName(words));
    List<String> rest = new ArrayList<>(words);
    while (rest.size() > 1 && Words.isSmall(rest.get(0))) {
      rest.remove(0);
      names.add(wholeName(rest));
    }
    return names;
  }

  /** A name as it is sorted among others: without the small words that it begins with. */
  static String withoutSmallStart(String name) {
    List<String> words = Words.of(name);
    List<String> names = List.copyOf(wholeNames(words.isEmpty() ? List.of(name) : words));
    return names.get(names.size() - 1);
  }

  static String wholeName(List<String> words) {
    String name = String.join(" ", words);
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  /** Terms that are there already. */
  private static final class Terms extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private final List<String> terms;
    private final int first;
    private int next;

    Terms(Iterable<String> terms, int first) {
      List<String> all = new ArrayList<>();
      terms.forEach(all::add);
      this.terms = all;
      this.first = first;
    }

    @Override
    public boolean incrementToken() {
      if (next == terms.size()) {
        return false;
      }
      clearAttributes();
      term.append(terms.get(next));
      step.setPositionIncrement(next == 0 ? first : 1);
      next++;
      return true;
    }
  }
}
