package fr.digital113.directory.index;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

  /**
   * Words that many companies could be searched with and few say of themselves. With others beside
   * them they need not be found: who looks for "startup cloud" wants every company in the cloud.
   */
  private static final Set<String> GENERIC =
      Set.of(
          ("entreprise entreprises societe societes startup startups jeune pousse pme tpe eti"
                  + " agence agences cabinet cabinets solution solutions service services editeur"
                  + " editeurs editrice developpement developpements developpeur developpeurs"
                  + " prestataire prestataires prestation prestations fournisseur fournisseurs"
                  + " specialiste specialistes expert experts expertise acteur acteurs fabricant"
                  + " fabricants createur createurs creation concepteur concepteurs outil outils"
                  + " produit produits company companies firm firms business businesses agency"
                  + " agencies provider providers supplier suppliers vendor vendors developer"
                  + " developers development maker makers specialist specialists tool tools"
                  + " product products")
              .split(" "));

  /** As addresses write them; at the end of a text they may be the beginning of anything. */
  private static final Map<String, String> SAINTS = Map.of("st", "saint", "ste", "sainte");

  // Names of languages and platforms that are signs otherwise.
  private static final Pattern C_PLUS_PLUS = Pattern.compile("(?<![\\p{L}\\p{N}])[cC]\\+\\+");
  private static final Pattern SHARP = Pattern.compile("(?<![\\p{L}\\p{N}])([cCfF])#");
  private static final Pattern DOT_NET =
      Pattern.compile("(?<![\\p{L}\\p{N}.])\\.[nN][eE][tT](?![\\p{L}\\p{N}])");

  private static final Pattern INITIALS =
      Pattern.compile("(?<![\\p{L}\\p{N}.])(?:\\p{L}\\.){2,}\\p{L}?(?![\\p{L}\\p{N}])");

  /** A full stop without its space, or an address; between digits it is part of a number. */
  private static final Pattern DOT_IN_WORDS = Pattern.compile("(?<=\\p{L})\\.(?=\\p{L})");

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
    List<String> words = analyzed(WORDS, readable(Normalizer.normalize(text, Form.NFKC)));
    for (int i = 0; i + 1 < words.size(); i++) {
      words.set(i, SAINTS.getOrDefault(words.get(i), words.get(i)));
    }
    return words;
  }

  /** The text with what signs would hide written in letters: "C++", ".NET", "R.H.", "Node.js". */
  private static String readable(String text) {
    if (!hasSigns(text)) {
      return text;
    }
    String named = C_PLUS_PLUS.matcher(text).replaceAll(" cplusplus ");
    named = SHARP.matcher(named).replaceAll(" $1sharp ");
    named = DOT_NET.matcher(named).replaceAll(" dotnet ");
    named = INITIALS.matcher(named).replaceAll(found -> found.group().replace(".", ""));
    return DOT_IN_WORDS.matcher(named).replaceAll(" ");
  }

  /** Whether one of those patterns could match; for most texts this is all that has to be asked. */
  private static boolean hasSigns(String text) {
    for (int i = 0; i + 1 < text.length(); i++) {
      switch (text.charAt(i)) {
        case '.' -> {
          if (Character.isLetter(text.codePointAt(i + 1))) {
            return true;
          }
        }
        case '+' -> {
          if (text.charAt(i + 1) == '+') {
            return true;
          }
        }
        default -> {}
      }
    }
    return text.indexOf('#') >= 0;
  }

  static boolean isSmall(String word) {
    return SMALL.contains(word);
  }

  static boolean isGeneric(String word) {
    return GENERIC.contains(word);
  }

  static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  /** The words without those that mean little by themselves. */
  static List<String> withoutSmall(List<String> words) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!isSmall(words.get(i)) && !isAuxiliary(words, i)) {
        kept.add(words.get(i));
      }
    }
    return kept;
  }

  /** "j'ai" and "n'ai" have nothing to do with AI. */
  private static boolean isAuxiliary(List<String> words, int at) {
    return at > 0
        && words.get(at).equals("ai")
        && (words.get(at - 1).equals("j") || words.get(at - 1).equals("n"));
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

  /** A word without the sign of its plural, in either language; roughly, but alike for all. */
  static String singular(String word) {
    if (word.length() < 4 || !(word.endsWith("s") || word.endsWith("x"))) {
      return word;
    }
    boolean irregular = word.length() > 4 && word.endsWith("aux") && !word.endsWith("eaux");
    return irregular
        ? word.substring(0, word.length() - 2) + 'l'
        : word.substring(0, word.length() - 1);
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
