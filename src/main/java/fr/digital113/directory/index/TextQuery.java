package fr.digital113.directory.index;

import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into a search box: words, {@code "quoted phrases"}, {@code -word} and {@code
 * -"phrase"} to leave out. Each word must be found somewhere, in any order; small words only when
 * there are no others. Nothing else has a meaning: there is no query language to get wrong.
 *
 * @param words what must be found
 * @param phrases each as it is, accents and case apart
 * @param excluded single words, which leave out their other forms as well, and phrases
 * @param all every word outside exclusions, small ones included, in order
 */
public record TextQuery(
    List<Word> words, List<List<String>> phrases, List<List<String>> excluded, List<String> all) {

  /** The value of {@code sort} that {@link Sorting#byRelevance} stands for. */
  public static final String RELEVANCE = "relevance";

  private static final String PARAMETER = "q";
  private static final int MAX_LENGTH = 200;
  private static final int MAX_WORDS = 20;
  private static final Pattern QUOTES = Pattern.compile("[“”„«»]");
  private static final Pattern PIECE = Pattern.compile("(-*)(?:\"([^\"]*)\"|([^\\s\"]+))");
  private static final int SIREN = 9;
  private static final int SIRET = 14;

  /**
   * One word that must be found.
   *
   * @param forms its stems, those of it written in one with a neighbour, the SIREN of a SIRET
   * @param meanings of expressions that it is part of
   * @param unfinished the last one may be its beginning only
   * @param correct spelled as the dictionary has it
   */
  record Word(
      String text, Set<String> forms, Set<String> meanings, boolean unfinished, boolean correct) {}

  /** Reads {@code q}; null when it is absent or not valid, which {@code parameters} then says. */
  public static @Nullable TextQuery read(QueryParameters parameters) {
    String text = parameters.text(PARAMETER);
    if (text == null) {
      return null;
    }
    if (text.length() > MAX_LENGTH) {
      parameters.error(
          PARAMETER,
          "too_long",
          new Text("Au plus %d caractères.", "At most %d characters.").with(MAX_LENGTH));
      return null;
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      parameters.error(
          PARAMETER,
          "control_character",
          new Text(
              "La recherche contient un caractère de contrôle.",
              "The search contains a control character."));
      return null;
    }
    TextQuery query = parse(text);
    if (query.size() == 0) {
      parameters.error(
          PARAMETER,
          "nothing_to_search",
          new Text(
              "Donnez au moins une lettre ou un chiffre.", "Give at least a letter or digit."));
      return null;
    }
    if (query.size() > MAX_WORDS) {
      parameters.error(
          PARAMETER,
          "too_many_words",
          new Text("Au plus %d mots.", "At most %d words.").with(MAX_WORDS));
      return null;
    }
    return query;
  }

  /** The same, where there has to be one. */
  public static @Nullable TextQuery required(QueryParameters parameters) {
    TextQuery query = read(parameters);
    if (!parameters.has(PARAMETER)) {
      parameters.error(
          PARAMETER,
          "required",
          new Text("Ce paramètre est requis.", "This parameter is required."));
    }
    return query;
  }

  /** Reads {@code sort}: an order by relevance needs a text. */
  public static @Nullable String sort(QueryParameters parameters, Collection<String> valid) {
    String sort = parameters.one("sort", valid);
    if (RELEVANCE.equals(sort) && !parameters.has(PARAMETER)) {
      parameters.error(
          "sort",
          "needs_text",
          new Text(
              "« relevance » classe par pertinence : donnez aussi « q ».",
              "\"relevance\" sorts by how well a text is met: give \"q\" as well."));
    }
    return sort;
  }

  /** Takes a text apart. A quotation mark without its partner counts for nothing. */
  static TextQuery parse(String typed) {
    String text = balanced(QUOTES.matcher(typed).replaceAll("\""));
    List<String> loose = new ArrayList<>();
    List<String> all = new ArrayList<>();
    List<List<String>> phrases = new ArrayList<>();
    List<List<String>> excluded = new ArrayList<>();
    boolean endsOpen = false;
    Matcher pieces = PIECE.matcher(text);
    while (pieces.find()) {
      boolean quoted = pieces.group(2) != null;
      List<String> words = Words.of(quoted ? pieces.group(2) : pieces.group(3));
      if (words.isEmpty()) {
        continue;
      }
      endsOpen = false;
      if (!pieces.group(1).isEmpty()) {
        excluded.add(words);
      } else {
        all.addAll(words);
        if (quoted) {
          phrases.add(words);
        } else {
          loose.addAll(words);
          endsOpen = true;
        }
      }
    }
    return new TextQuery(
        words(withNumbersJoined(loose), endsOpen, !phrases.isEmpty()), phrases, excluded, all);
  }

  /** How many words there are to look for. */
  private int size() {
    return words.size()
        + phrases.stream().mapToInt(List::size).sum()
        + excluded.stream().mapToInt(List::size).sum();
  }

  private static String balanced(String text) {
    long quotes = text.chars().filter(sign -> sign == '"').count();
    int last = text.lastIndexOf('"');
    return quotes % 2 == 0 ? text : text.substring(0, last) + ' ' + text.substring(last + 1);
  }

  /** A SIREN or SIRET is often written in groups of digits. */
  private static List<String> withNumbersJoined(List<String> words) {
    List<String> joined = new ArrayList<>();
    for (int from = 0; from < words.size(); ) {
      int to = from;
      StringBuilder digits = new StringBuilder();
      while (to < words.size() && Words.isNumber(words.get(to))) {
        digits.append(words.get(to++));
      }
      if (to > from && (digits.length() == SIREN || digits.length() == SIRET)) {
        joined.add(digits.toString());
        from = to;
      } else {
        joined.add(words.get(from++));
      }
    }
    return joined;
  }

  private static List<Word> words(List<String> loose, boolean endsOpen, boolean others) {
    List<String> kept = Words.withoutSmall(loose);
    if (kept.isEmpty() && !others) {
      kept = loose;
    }
    List<Synonyms.Found> meanings = Synonyms.shipped().asked(kept);
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      String text = kept.get(i);
      Set<String> forms = new LinkedHashSet<>(Words.stems(text));
      if (Words.isNumber(text) && text.length() == SIRET) {
        forms.add(text.substring(0, SIREN));
      }
      if (i > 0) {
        forms.addAll(Words.stems(kept.get(i - 1) + text));
      }
      if (i + 1 < kept.size()) {
        forms.addAll(Words.stems(text + kept.get(i + 1)));
      }
      Set<String> meant = new LinkedHashSet<>();
      for (Synonyms.Found found : meanings) {
        if (found.from() <= i && i < found.to()) {
          meant.addAll(found.meanings());
        }
      }
      boolean last = endsOpen && i == kept.size() - 1 && text.equals(loose.get(loose.size() - 1));
      words.add(
          new Word(
              text, forms, meant, last, Synonyms.shipped().knows(text) || Words.isSmall(text)));
    }
    return List.copyOf(words);
  }

  /** The items that it finds, scored. */
  org.apache.lucene.search.Query anywhere() {
    return new TextMatching(TextPart.ALL, false).of(this);
  }

  /** The items with it in some parts of their texts, while somebody is still typing. */
  org.apache.lucene.search.Query typedIn(Collection<TextPart> parts) {
    return new TextMatching(parts, true).of(this);
  }
}
