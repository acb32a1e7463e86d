package fr.digital113.directory.index;

import fr.digital113.directory.web.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

  /** Of documents, and of queries: an expression as stems without small words, and its meanings. */
  private final Map<List<String>, Set<String>> said = new HashMap<>();

  private final Map<List<String>, Set<String>> asked = new HashMap<>();

  private final Set<String> vocabulary = new HashSet<>();
  private int longest = 1;

  /** An expression found in a list of words: from one place up to another, which is excluded. */
  record Found(int from, int to, Set<String> meanings) {}

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
    for (String expression : sides[0].split(",")) {
      put(asked, expression, meaning);
    }
    for (String expression : sides[sides.length - 1].split(",")) {
      put(said, expression, meaning);
    }
  }

  private void put(Map<List<String>, Set<String>> side, String expression, String meaning) {
    List<String> words = Words.of(expression);
    vocabulary.addAll(words);
    List<String> key = key(words);
    longest = Math.max(longest, key.size());
    side.computeIfAbsent(key, any -> new HashSet<>()).add(meaning);
  }

  private static List<String> key(List<String> words) {
    return Words.withoutSmall(words).stream().map(Words::frenchStem).toList();
  }

  /** Whether the file has this word, which then is spelled as it should be. */
  boolean knows(String word) {
    return vocabulary.contains(word);
  }

  /** The meanings of what a document says. */
  Set<String> said(List<String> words) {
    Set<String> meanings = new HashSet<>();
    find(said, key(words)).forEach(found -> meanings.addAll(found.meanings()));
    return meanings;
  }

  /** The expressions in a query. It has no small words; or only such, which mean nothing here. */
  List<Found> asked(List<String> words) {
    return find(asked, words.stream().map(Words::frenchStem).toList());
  }

  private List<Found> find(Map<List<String>, Set<String>> side, List<String> stems) {
    List<Found> found = new ArrayList<>();
    for (int from = 0; from < stems.size(); from++) {
      for (int to = from + 1; to <= Math.min(stems.size(), from + longest); to++) {
        Set<String> meanings = side.getOrDefault(stems.subList(from, to), Collections.emptySet());
        if (!meanings.isEmpty()) {
          found.add(new Found(from, to, meanings));
        }
      }
    }
    return found;
  }

  private static byte[] content() {
    try (InputStream file = Synonyms.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(file, FILE).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
