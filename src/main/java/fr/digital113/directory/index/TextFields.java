package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/**
 * The fields that a text is found by. One of these serves one run over many items, by any number of
 * threads: it remembers what it took apart, as items share names of places and most of their words.
 */
final class TextFields {
  /** As many words and texts as a run remembers, which is nearly all of those that come again. */
  private static final int MOST_REMEMBERED = 50_000;

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

  private static FieldType type(IndexOptions options) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setOmitNorms(true);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  private final Map<String, List<String>> stems = new ConcurrentHashMap<>();
  private final Map<Told, Terms> shared = new ConcurrentHashMap<>();

  /** A text of one part. */
  private record Told(TextPart part, String text) {}

  /** What a text is found by; the names only of {@link TextPart#NAME}. */
  private record Terms(
      List<BytesRef> words,
      List<BytesRef> stems,
      List<BytesRef> starts,
      List<BytesRef> names,
      List<BytesRef> nameStarts) {}

  void add(Document document, TextPart part, String text) {
    Terms terms = part.isShared() ? shared(new Told(part, text)) : terms(part, text);
    add(document, part.words(), terms.words, GAP, WITH_POSITIONS);
    add(document, part.stems(), terms.stems, 1, PLAIN);
    add(document, part.starts(), terms.starts, 1, PLAIN);
    add(document, WHOLE_NAME, terms.names, 1, PLAIN);
    add(document, WHOLE_NAME_STARTS, terms.nameStarts, 1, PLAIN);
  }

  private static void add(
      Document document, String field, List<BytesRef> terms, int first, FieldType type) {
    if (!terms.isEmpty()) {
      document.add(new TermsField(field, type, terms, first));
    }
  }

  private Terms shared(Told told) {
    Terms known = shared.get(told);
    if (known == null) {
      known = terms(told.part, told.text);
      if (shared.size() < MOST_REMEMBERED) {
        shared.put(told, known);
      }
    }
    return known;
  }

  private Terms terms(TextPart part, String text) {
    List<String> words = Words.of(text);
    int shortest = part.isLong() ? SHORTEST_START_IN_LONG : 1;
    Set<String> starts = part.prefix > 0 ? starts(words, shortest) : Set.of(); // or nobody asks
    Set<String> names =
        part == TextPart.NAME && !words.isEmpty() ? wholeNames(words) : Set.<String>of();
    return new Terms(
        bytes(words),
        bytes(stems(part, words)),
        bytes(starts),
        bytes(names),
        bytes(starts(names, 1)));
  }

  private static List<BytesRef> bytes(Collection<String> terms) {
    List<BytesRef> bytes = new ArrayList<>(terms.size());
    terms.forEach(term -> bytes.add(new BytesRef(term)));
    return bytes;
  }

  private Set<String> stems(TextPart part, List<String> words) {
    Set<String> found = new LinkedHashSet<>();
    words.forEach(word -> found.addAll(stems(word)));
    if (!part.isLong()) {
      for (int i = 1; i < words.size(); i++) {
        found.addAll(stems(words.get(i - 1) + words.get(i)));
      }
    }
    if (part.synonym > 0) {
      found.addAll(Synonyms.shipped().said(words));
    }
    return found;
  }

  private List<String> stems(String word) {
    List<String> known = stems.get(word);
    if (known == null) {
      known = Words.stems(word);
      if (stems.size() < MOST_REMEMBERED) {
        stems.put(word, known);
      }
    }
    return known;
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
}
