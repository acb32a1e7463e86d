package fr.digital113.directory.erasure;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of a text, without accents and in lower case, and where they are. */
final class FoldedWords {
  /** Letters that are no base letter with a mark, and what people write for them. */
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'ŧ', "t"),
          Map.entry((int) 'ŋ', "n"),
          Map.entry((int) 'ĸ', "k"),
          Map.entry((int) 'ı', "i"));

  /** What is between words, unlike other characters that cannot be seen. */
  private static final int ZERO_WIDTH_SPACE = 0x200B;

  private FoldedWords() {}

  /** A word and its place. */
  record Word(int start, int end, String folded) {}

  /** Words, with a space between. */
  static String joined(List<Word> words) {
    if (words.size() == 1) {
      return words.get(0).folded();
    }
    StringBuilder joined = new StringBuilder();
    for (Word word : words) {
      joined.append(joined.isEmpty() ? "" : " ").append(word.folded());
    }
    return joined.toString();
  }

  /** The words of a text, without accents and in lower case. */
  static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    StringBuilder folded = new StringBuilder();
    int start = -1;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      int type = Character.getType(character);
      boolean mark =
          type == Character.NON_SPACING_MARK
              || type == Character.FORMAT && character != ZERO_WIDTH_SPACE;
      if (Character.isLetterOrDigit(character)) {
        start = start < 0 ? at : start;
        fold(character, folded);
      } else if (start >= 0 && !mark) {
        words.add(new Word(start, at, folded.toString()));
        folded.setLength(0);
        start = -1;
      }
      at += Character.charCount(character);
    }
    if (start >= 0) {
      words.add(new Word(start, at, folded.toString()));
    }
    return words;
  }

  private static void fold(int character, StringBuilder folded) {
    if (character < 0x80) {
      folded.append((char) Character.toLowerCase(character));
      return;
    }
    String letters = LETTERS.get(Character.toLowerCase(character));
    if (letters != null) {
      folded.append(letters);
      return;
    }
    Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(folded::appendCodePoint);
  }

  /** The words of a text as one text. */
  static String words(String text) {
    return joined(of(text));
  }
}
