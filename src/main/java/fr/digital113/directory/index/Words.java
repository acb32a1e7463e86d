package fr.digital113.directory.index;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemmer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Takes texts apart, the same way for documents and queries: words without accents and case, split
 * at hyphens and apostrophes, so that an elided article is a word of its own.
 */
final class Words {
  /**
   * Words that a query need not find. Elided articles and what is left of English genitives too.
   */
  private static final Set<String> SMALL =
      Set.of(
          ("le la les l un une des du de d au aux a en et ou dans par pour sur sous avec qui que qu"
                  + " ce cet cette ces c s n j m t se sa son ses est sont nos notre vos votre leur"
                  + " leurs chez the of and or in for at to on with by from an is are our your its")
              .split(" "));

  private static final NormalizeCharMap SPLIT = split("'", "’", "‘", "ʼ", "`", "´", ":", "_", "·");

  private static final Analyzer WORDS =
      new Analyzer() {
        @Override
        protected Reader initReader(String field, Reader text) {
          return new MappingCharFilter(SPLIT, text);
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer words = new StandardTokenizer();
          return new TokenStreamComponents(
              words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
        }
      };

  private static final Analyzer ENGLISH_STEM =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          Tokenizer word = new KeywordTokenizer();
          return new TokenStreamComponents(word, new KStemFilter(word));
        }
      };

  private Words() {}

  private static NormalizeCharMap split(String... signs) {
    NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
    for (String sign : signs) {
      map.add(sign, " ");
    }
    return map.build();
  }

  /** The words of a text, in order. */
  static List<String> of(String text) {
    return analyzed(WORDS, Normalizer.normalize(text, Form.NFKC));
  }

  static boolean isSmall(String word) {
    return SMALL.contains(word);
  }

  static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  /** The words without those that mean little by themselves. */
  static List<String> withoutSmall(List<String> words) {
    return words.stream().filter(word -> !isSmall(word)).toList();
  }

  /**
   * The stems of a word: its French one first, then its English one. Both are tried everywhere, as
   * names and descriptions mix the languages.
   */
  static List<String> stems(String word) {
    if (isNumber(word)) {
      return List.of(word);
    }
    Set<String> stems = new LinkedHashSet<>();
    stems.add(frenchStem(word));
    stems.addAll(analyzed(ENGLISH_STEM, word));
    return List.copyOf(stems);
  }

  static String frenchStem(String word) {
    char[] letters = word.toCharArray();
    return new String(letters, 0, new FrenchLightStemmer().stem(letters, letters.length));
  }

  private static List<String> analyzed(Analyzer analyzer, String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(word.toString());
      }
      stream.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return words;
  }
}
