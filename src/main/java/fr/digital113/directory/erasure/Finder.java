package fr.digital113.directory.erasure;

import fr.digital113.directory.erasure.Terms.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds terms in texts however they are written: e-mail addresses in any case, phone numbers in any
 * grouping with or without the code of the country, names without regard to accents, case and what
 * is between the words ({@code jeanne-exemple} as well).
 */
final class Finder {
  /** What takes the place of what was found. */
  static final String MASK = "[…]";

  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,320}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  /** Of what can be in an address, what usually is not: it ends what stands before one. */
  private static final Pattern BEFORE_ADDRESS = Pattern.compile("[/=?&'`|{}#!$%*^~]");

  private static final String BETWEEN_DIGITS = " .()/-\u00A0\u202F\u2011";
  private static final int MOST_DIGITS = 15;
  private static final int MOST_BETWEEN = 3;

  private final Terms terms;

  Finder(Terms terms) {
    this.terms = terms;
  }

  private record Span(int start, int end) {}

  private record Word(int start, int end, String folded) {}

  /** Whether anything is found in a text. */
  boolean finds(String text) {
    return !spans(text).isEmpty();
  }

  /** Whether an actor is one of those who are forgotten. */
  boolean isActor(String actor) {
    return terms.have(Kind.ACTOR) && terms.contain(Kind.ACTOR, actor) || finds(actor);
  }

  /** A text without what was found; the same text when there is nothing. */
  String masked(String text) {
    List<Span> spans = spans(text);
    if (spans.isEmpty()) {
      return text;
    }
    spans.sort((one, other) -> Integer.compare(one.start(), other.start()));
    StringBuilder masked = new StringBuilder();
    int end = 0;
    for (Span span : spans) {
      if (span.start() >= end) {
        masked.append(text, end, span.start()).append(MASK);
      }
      end = Math.max(end, span.end());
    }
    return masked.append(text, end, text.length()).toString();
  }

  /** Whether nothing but the mask is left. */
  static boolean isNothing(String masked) {
    return masked.replace(MASK, "").codePoints().noneMatch(Character::isLetterOrDigit);
  }

  private List<Span> spans(String text) {
    List<Span> found = new ArrayList<>();
    if (terms.have(Kind.EMAIL) && text.indexOf('@') >= 0) {
      findEmails(text, found);
    }
    if (terms.have(Kind.PHONE)) {
      findPhones(text, found);
    }
    if (terms.have(Kind.WORDS)) {
      findWords(text, found);
    }
    return found;
  }

  private void findEmails(String text, List<Span> found) {
    Matcher address = EMAIL.matcher(text);
    while (address.find()) {
      String whole = email(address.group());
      int at = whole.lastIndexOf('@');
      int start = 0;
      while (true) {
        if (terms.contain(Kind.EMAIL, whole.substring(start))) {
          found.add(new Span(address.start() + start, address.end()));
          break;
        }
        Matcher before = BEFORE_ADDRESS.matcher(whole).region(start, at);
        if (!before.find()) {
          break;
        }
        start = before.end();
      }
    }
  }

  private void findPhones(String text, List<Span> found) {
    for (int start = 0; start < text.length(); start++) {
      char first = text.charAt(start);
      boolean starts = first == '+' || isDigit(first);
      if (starts && (start == 0 || !isPartOfNumber(text.charAt(start - 1)))) {
        int end = phoneEnd(text, start);
        if (end > 0) {
          found.add(new Span(start, end));
          start = end - 1;
        }
      }
    }
  }

  private int phoneEnd(String text, int start) {
    boolean plus = text.charAt(start) == '+';
    StringBuilder digits = new StringBuilder();
    int between = 0;
    for (int at = plus ? start + 1 : start; at < text.length(); at++) {
      char next = text.charAt(at);
      if (!isDigit(next)) {
        between++;
        if (between > MOST_BETWEEN || BETWEEN_DIGITS.indexOf(next) < 0) {
          return -1;
        }
        continue;
      }
      between = 0;
      digits.append(next);
      if (digits.length() > MOST_DIGITS) {
        return -1;
      }
      boolean ends = at + 1 == text.length() || !isPartOfNumber(text.charAt(at + 1));
      String phone = ends ? phone(plus, digits.toString()) : null;
      if (phone != null && terms.contain(Kind.PHONE, phone)) {
        return at + 1;
      }
    }
    return -1;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isPartOfNumber(char character) {
    return Character.isLetterOrDigit(character) || character == '+';
  }

  private void findWords(String text, List<Span> found) {
    List<Word> words = wordsOf(text);
    for (int first = 0; first < words.size(); first++) {
      for (int length : terms.lengths()) {
        if (first + length > words.size()) {
          break; // they are in ascending order
        }
        List<Word> some = words.subList(first, first + length);
        if (terms.contain(Kind.WORDS, joined(some))) {
          found.add(new Span(some.get(0).start(), some.get(length - 1).end()));
        }
      }
    }
  }

  private static String joined(List<Word> words) {
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
  private static List<Word> wordsOf(String text) {
    List<Word> words = new ArrayList<>();
    StringBuilder folded = new StringBuilder();
    int start = -1;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      boolean mark = Character.getType(character) == Character.NON_SPACING_MARK;
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
    Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(folded::appendCodePoint);
  }

  /** The words of a name or another text, as candidates are. */
  static String words(String text) {
    return joined(wordsOf(text));
  }

  /** An e-mail address, as candidates are. */
  static String email(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** A phone number as candidates are; null when its country is not known. */
  static @Nullable String phone(String text) {
    return phone(text.startsWith("+"), text.replaceAll("[^0-9]", ""));
  }

  private static @Nullable String phone(boolean plus, String digits) {
    if (!plus && digits.length() == 10 && digits.startsWith("0") && !digits.startsWith("00")) {
      return "33" + digits.substring(1);
    }
    // Spreadsheets take the plus away from +33…
    boolean french = digits.length() == 11 && digits.startsWith("33");
    if (!plus && !digits.startsWith("00") && !french) {
      return null;
    }
    String international = plus || french ? digits : digits.substring(2);
    if (international.startsWith("330")) {
      international = "33" + international.substring(3); // +33 (0)5 …
    }
    boolean whole =
        international.startsWith("33")
            ? international.length() == 11
            : international.length() >= 8 && international.length() <= MOST_DIGITS;
    return whole ? international : null;
  }
}
