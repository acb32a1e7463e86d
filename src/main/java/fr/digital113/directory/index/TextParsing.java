package fr.digital113.directory.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes apart what somebody typed. A quotation mark without its partner counts for nothing. */
final class TextParsing {
  private static final Pattern QUOTES = Pattern.compile("[“”„«»]");

  /** Spaces that do not break, which French typing has before many signs, are spaces. */
  private static final Pattern PIECE =
      Pattern.compile("(-*)(?:\"([^\"]*)\"|([^\\s\"]+))", Pattern.UNICODE_CHARACTER_CLASS);

  private static final int LONGEST_MERE_BEGINNING = 2;
  private static final int SIREN = 9;
  private static final int SIRET = 14;

  /** How a SIRET and a SIREN are written in groups of digits, the longest first. */
  private static final List<List<Integer>> GROUPINGS =
      List.of(List.of(3, 3, 3, 5), List.of(SIREN, SIRET - SIREN), List.of(3, 3, 3));

  private final List<String> loose = new ArrayList<>();
  private final List<String> all = new ArrayList<>();
  private final List<List<String>> phrases = new ArrayList<>();
  private final List<List<String>> excluded = new ArrayList<>();
  private boolean endsOpen;

  /** A word as it was typed, or a number and the groups that it was typed in. */
  private record Typed(String text, List<String> groups) {}

  private TextParsing() {}

  static TextQuery parse(String typed) {
    return new TextParsing().query(balanced(QUOTES.matcher(typed).replaceAll("\"")));
  }

  private TextQuery query(String text) {
    Matcher pieces = PIECE.matcher(text);
    while (pieces.find()) {
      boolean quoted = pieces.group(2) != null;
      List<String> words = Words.of(quoted ? pieces.group(2) : pieces.group(3));
      if (!words.isEmpty()) {
        piece(words, quoted, !pieces.group(1).isEmpty());
      }
    }
    return new TextQuery(words(), phrases, excluded, all);
  }

  private void piece(List<String> words, boolean quoted, boolean out) {
    endsOpen = false;
    if (out) {
      excluded.add(quoted ? words : withoutSmallStart(words));
      return;
    }
    all.addAll(words);
    if (quoted) {
      phrases.add(words);
    } else {
      loose.addAll(words);
      endsOpen = true;
    }
  }

  private static String balanced(String text) {
    long quotes = text.chars().filter(sign -> sign == '"').count();
    int last = text.lastIndexOf('"');
    return quotes % 2 == 0 ? text : text.substring(0, last) + ' ' + text.substring(last + 1);
  }

  /** Who leaves out "d'énergie" leaves out energy. */
  private static List<String> withoutSmallStart(List<String> words) {
    int from = 0;
    while (from < words.size() - 1 && Words.isSmall(words.get(from))) {
      from++;
    }
    return words.subList(from, words.size());
  }

  private List<TextQuery.Word> words() {
    List<String> kept = Words.withoutSmall(loose);
    if (kept.isEmpty() && phrases.isEmpty()) {
      kept = loose;
    }
    List<Typed> typed = withNumbersJoined(kept);
    List<String> texts = typed.stream().map(Typed::text).toList();
    boolean onlyGeneric =
        phrases.isEmpty() && texts.stream().allMatch(text -> isGeneric(text, texts));
    List<Synonyms.Found> meanings = Synonyms.shipped().asked(texts);
    List<TextQuery.Word> words = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      Set<String> meant = new LinkedHashSet<>();
      for (Synonyms.Found found : meanings) {
        if (found.at().contains(i)) {
          meant.addAll(found.meanings());
        }
      }
      boolean last = i == texts.size() - 1 && endsOpen && kept.get(kept.size() - 1).equals(end());
      boolean needed = onlyGeneric || !isGeneric(text, texts);
      words.add(word(text, meant, last, needed, typed.get(i).groups(), texts));
    }
    return List.copyOf(words);
  }

  private String end() {
    return loose.get(loose.size() - 1);
  }

  private static TextQuery.Word word(
      String text,
      Set<String> meanings,
      boolean last,
      boolean needed,
      List<String> groups,
      List<String> beside) {
    Set<String> forms = new LinkedHashSet<>(Words.stems(text));
    if (Words.isNumber(text) && text.length() == SIRET) {
      forms.add(text.substring(0, SIREN));
    }
    inOneWithOthers(text, beside).forEach(joined -> forms.addAll(Words.stems(joined)));
    return new TextQuery.Word(
        text,
        forms,
        meanings,
        last,
        Words.isSmall(text) || Words.isGeneric(text) || KnownWords.has(text),
        needed,
        groups.stream()
            .map(group -> word(group, Set.of(), false, true, List.of(), List.of()))
            .toList());
  }

  /**
   * The word written in one with another one, before or after it, as "cyber sécurité" may be. A
   * letter behind a word would only be an ending of it ("santé" and "e").
   */
  private static Stream<String> inOneWithOthers(String text, List<String> beside) {
    return beside.stream()
        .filter(other -> !other.equals(text))
        .flatMap(other -> Stream.of(List.of(text, other), List.of(other, text)))
        .filter(pair -> pair.get(1).length() > 1)
        .map(pair -> String.join("", pair));
  }

  /**
   * One of those words, or "start" and "up", or what is so short that it says little: "jeux v" is
   * on the way to "jeux vidéo".
   */
  private static boolean isGeneric(String text, List<String> beside) {
    return Words.isGeneric(text)
        || isMereBeginning(text)
        || inOneWithOthers(text, beside).anyMatch(Words::isGeneric);
  }

  private static boolean isMereBeginning(String text) {
    return text.length() <= LONGEST_MERE_BEGINNING
        && !Words.isNumber(text)
        && !Synonyms.shipped().knows(text);
  }

  private static List<Typed> withNumbersJoined(List<String> words) {
    List<Typed> joined = new ArrayList<>();
    for (int from = 0; from < words.size(); ) {
      int length = grouping(words.subList(from, words.size()));
      List<String> groups = words.subList(from, from + length);
      joined.add(new Typed(String.join("", groups), length == 1 ? List.of() : groups));
      from += length;
    }
    return joined;
  }

  /** How many of the first words are groups of one number; 1 when they are not. */
  private static int grouping(List<String> words) {
    for (List<Integer> lengths : GROUPINGS) {
      if (lengths.size() <= words.size()) {
        boolean written = true;
        for (int i = 0; i < lengths.size() && written; i++) {
          written = Words.isNumber(words.get(i)) && words.get(i).length() == lengths.get(i);
        }
        if (written) {
          return lengths.size();
        }
      }
    }
    return 1;
  }
}
