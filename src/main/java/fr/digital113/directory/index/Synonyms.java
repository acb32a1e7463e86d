package fr.digital113.directory.index;

import fr.digital113.directory.web.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Words and expressions that mean the same, in both languages, from {@code search/synonyms.txt}. A
 * line is a meaning. Documents are indexed under the meanings of what they say, and queries look
 * for them, so that an expression of any length costs a query one term.
 */
final class Synonyms {
  private static final String FILE = "/search/synonyms.txt";
  private static final byte[] CONTENT = content();

  /** Tells editions of the file apart: an index knows the meanings of one. */
  static final String EDITION = HexFormat.of().formatHex(Sha256.of(CONTENT), 0, 4);

  private static final Synonyms SHIPPED =
      new Synonyms(new String(CONTENT, StandardCharsets.UTF_8).lines().toList());

  private final Side said = new Side();
  private final Side asked = new Side();
  private final Set<String> vocabulary = new HashSet<>();

  /**
   * What documents say, or what queries ask for. A single word is an expression only as it is or in
   * the plural: stems of French verbs and nouns meet too often ("chiffre d'affaires" is no
   * encryption). Several words together are safe, and known by their stems.
   */
  private static final class Side {
    final Map<String, Set<String>> words = new HashMap<>();
    final Map<List<String>, Set<String>> expressions = new HashMap<>();
    int longest = 1;

    void put(List<String> expression, String meaning) {
      if (expression.size() == 1) {
        words
            .computeIfAbsent(Words.singular(expression.get(0)), any -> new HashSet<>())
            .add(meaning);
      } else {
        longest = Math.max(longest, expression.size());
        expressions.computeIfAbsent(stems(expression), any -> new HashSet<>()).add(meaning);
      }
    }

    Set<String> of(String word) {
      return words.getOrDefault(Words.singular(word), Set.of());
    }
  }

  /** An expression found among words: in which places, and what it means. */
  record Found(Set<Integer> at, Set<String> meanings) {}

  Synonyms(List<String> lines) {
    int number = 0;
    for (String line : lines) {
      String entry = line.replaceAll("#.*", "").strip();
      if (!entry.isEmpty()) {
        read(entry, "#" + number++);
      }
    }
  }

  static Synonyms shipped() {
    return SHIPPED;
  }

  private void read(String entry, String meaning) {
    String[] sides = entry.split("=>", 2);
    for (String expression : sides[0].split(",", -1)) {
      put(asked, expression, meaning);
    }
    for (String expression : sides[sides.length - 1].split(",", -1)) {
      put(said, expression, meaning);
    }
  }

  private void put(Side side, String expression, String meaning) {
    List<String> words = Words.of(expression);
    vocabulary.addAll(words);
    side.put(Words.withoutSmall(words), meaning);
  }

  private static List<String> stems(List<String> words) {
    return words.stream().map(Words::frenchStem).toList();
  }

  /** Whether the file has this word, which then is spelled as it should be. */
  boolean knows(String word) {
    return vocabulary.contains(word);
  }

  /** The meanings of what a document says, where expressions have their order. */
  Set<String> said(List<String> text) {
    List<String> words = Words.withoutSmall(text);
    List<String> stems = stems(words);
    Set<String> meanings = new HashSet<>();
    for (int from = 0; from < words.size(); from++) {
      meanings.addAll(said.of(words.get(from)));
      for (int to = from + 2; to <= Math.min(stems.size(), from + said.longest); to++) {
        meanings.addAll(said.expressions.getOrDefault(stems.subList(from, to), Set.of()));
      }
    }
    return meanings;
  }

  /**
   * The expressions in a query, whose words may come in any order and with others between them. It
   * has no small words; or only such, which mean nothing here.
   */
  List<Found> asked(List<String> words) {
    Map<String, Set<Integer>> places = new HashMap<>();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      places.computeIfAbsent(Words.frenchStem(words.get(i)), any -> new HashSet<>()).add(i);
      Set<String> meanings = asked.of(words.get(i));
      if (!meanings.isEmpty()) {
        found.add(new Found(Set.of(i), meanings));
      }
    }
    for (int i = 0; i < words.size(); i++) {
      for (int j = 0; j < words.size(); j++) {
        Set<String> meanings = i == j ? Set.of() : asked.of(words.get(i) + words.get(j));
        if (!meanings.isEmpty()) {
          found.add(new Found(Set.of(i, j), meanings)); // "crowd funding"
        }
      }
    }
    asked.expressions.forEach(
        (expression, meanings) -> {
          if (places.keySet().containsAll(expression)) {
            Set<Integer> at = new HashSet<>();
            expression.forEach(stem -> at.addAll(places.getOrDefault(stem, Set.of())));
            found.add(new Found(at, meanings));
          }
        });
    return found;
  }

  /** The meanings of single words in the file that a misspelled one may stand for. */
  Set<String> askedLike(Predicate<String> like) {
    Set<String> meanings = new HashSet<>();
    asked.words.forEach(
        (known, meant) -> {
          if (like.test(known) || like.test(known + 's')) {
            meanings.addAll(meant);
          }
        });
    return meanings;
  }

  private static byte[] content() {
    try (InputStream file = Synonyms.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(file, FILE).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
