package fr.digital113.directory.index;

import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed into a search box: words, {@code "quoted phrases"}, {@code -word} and {@code
 * -"phrase"} to leave out. Each word must be found somewhere, in any order; small and generic words
 * only when there are no others. Nothing else has a meaning: there is no query language to get
 * wrong.
 *
 * @param words what to look for
 * @param phrases each as it is, accents and case apart
 * @param excluded single words, which leave out their other forms as well, and phrases
 * @param all every word outside exclusions, small ones included, in order
 */
public record TextQuery(
    List<Word> words, List<List<String>> phrases, List<List<String>> excluded, List<String> all) {

  /** The value of {@code sort} that {@link Sorting#byRelevance} stands for. */
  public static final String RELEVANCE = "relevance";

  private static final String PARAMETER = "q";
  private static final String NOTHING = "nothing_to_search";
  private static final int MAX_LENGTH = 200;
  private static final int MAX_WORDS = 20;

  /**
   * One word to find.
   *
   * @param forms its stems, those of it written in one with another, the SIREN of a SIRET
   * @param meanings of expressions that it is part of
   * @param unfinished the last one may be its beginning only
   * @param correct a word that there is
   * @param needed must be found; otherwise it only counts where it is
   * @param apart the words that it was written as, any of which may be what was meant: numbers
   */
  record Word(
      String text,
      Set<String> forms,
      Set<String> meanings,
      boolean unfinished,
      boolean correct,
      boolean needed,
      List<Word> apart) {}

  /** Names what was typed, as far as it decides on what is found. */
  String key() {
    List<String> finished =
        words.stream().filter(each -> !each.unfinished()).map(Word::text).toList();
    return "q" + all + finished + phrases + excluded;
  }

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
          NOTHING,
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

  /** The same, where there has to be one that says more than what to leave out. */
  public static @Nullable TextQuery required(QueryParameters parameters) {
    TextQuery query = read(parameters);
    if (query != null && query.all().isEmpty()) {
      parameters.error(
          PARAMETER,
          NOTHING,
          new Text(
              "Donnez au moins un mot à trouver, et pas seulement ce qu'il faut exclure.",
              "Give at least a word to find, and not only what to leave out."));
    }
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

  /** Takes a text apart. */
  static TextQuery parse(String typed) {
    return TextParsing.parse(typed);
  }

  /** How many words there are to look for. */
  private int size() {
    return words.size()
        + phrases.stream().mapToInt(List::size).sum()
        + excluded.stream().mapToInt(List::size).sum();
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
