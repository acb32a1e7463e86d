package fr.digital113.directory.index;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Words that there are: everyday ones ({@code search/known-words.txt}) and those of the labels of
 * activities, as shipped. Who types one of them means it: no typing mistake is looked for.
 * "écologie" must not find "économie", whatever else the directory holds.
 */
final class KnownWords {
  private static final String EVERYDAY = "/search/known-words.txt";
  private static final String ACTIVITIES = "/reference/naf-rev2.csv";
  private static final int SHORTEST = 4; // shorter ones are forgiven nothing
  private static final Set<String> KNOWN = read();

  private KnownWords() {}

  /** Whether it is a word, in some form. */
  static boolean has(String word) {
    return KNOWN.contains(word)
        || Synonyms.shipped().knows(word)
        || Words.stems(word).stream().anyMatch(KNOWN::contains);
  }

  /**
   * The words and their French stems: the lists have few verb forms and plurals. A mistake that has
   * the stem of a word, such as a doubled letter, needs no forgiveness: it finds the word by it.
   */
  private static Set<String> read() {
    Set<String> known = new HashSet<>();
    try (BufferedReader everyday = open(EVERYDAY);
        CsvReader<NamedCsvRecord> activities =
            CsvReader.builder().ofNamedCsvRecord(open(ACTIVITIES))) {
      everyday.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(line, known));
      activities.forEach(activity -> add(activity.getField("libelle"), known));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return known;
  }

  private static BufferedReader open(String resource) {
    return new BufferedReader(
        new InputStreamReader(
            Objects.requireNonNull(KnownWords.class.getResourceAsStream(resource), resource),
            StandardCharsets.UTF_8));
  }

  private static void add(String text, Set<String> known) {
    for (String word : Words.of(text)) {
      if (word.length() >= SHORTEST) {
        known.add(word);
        known.add(Words.frenchStem(word));
      }
    }
  }
}
