package fr.digital113.directory.erasure;

import fr.digital113.directory.erasure.Terms.Kind;
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
  private static final Pattern BEFORE_ADDRESS = Pattern.compile("^[_.+-]+|[/=?&'`|{}#!$%*^~]");

  /** What ends a domain when a text goes on behind it without a space. */
  private static final String BEHIND_LABEL = ".-";

  private static final int MOST_DIGITS = 15;
  private static final int MOST_BETWEEN = 3;

  private final Terms terms;

  Finder(Terms terms) {
    this.terms = terms;
  }

  private record Span(int start, int end) {}

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
    String masked = text;
    // Again, as what stood on both sides of a person may be the person once more.
    for (List<Span> spans = spans(text); !spans.isEmpty(); spans = spans(masked)) {
      masked = masked(masked, spans);
    }
    return masked;
  }

  private static String masked(String text, List<Span> spans) {
    spans.sort((one, other) -> Integer.compare(one.start(), other.start()));
    StringBuilder masked = new StringBuilder();
    int done = 0;
    for (Span span : spans) {
      if (span.start() >= done) {
        masked.append(text, done, span.start()).append(MASK);
      }
      done = Math.max(done, span.end());
    }
    return masked.append(text, done, text.length()).toString();
  }

  private List<Span> spans(String text) {
    List<Span> found = new ArrayList<>();
    find(text, found);
    DecodedText decoded = DecodedText.of(text); // as links are written: jeanne%40example.org
    if (decoded != null) {
      List<Span> inside = new ArrayList<>();
      find(decoded.text(), inside);
      inside.forEach(
          span -> found.add(new Span(decoded.place(span.start()), decoded.place(span.end()))));
    }
    return found;
  }

  private void find(String text, List<Span> found) {
    if (terms.have(Kind.EMAIL) && text.indexOf('@') >= 0) {
      findEmails(text, found);
    }
    if (terms.have(Kind.PHONE)) {
      findPhones(text, found);
    }
    if (terms.have(Kind.WORDS)) {
      findWords(text, found);
    }
  }

  private void findEmails(String text, List<Span> found) {
    Matcher address = EMAIL.matcher(text);
    while (address.find()) {
      String whole = email(address.group());
      // An address that stands alone is what it is; in a text a sentence may hang on it.
      boolean alone = whole.length() == text.length();
      for (int end = whole.length(); end > 0; end = shorter(whole, end)) {
        boolean another = alone && whole.indexOf('.', end) >= 0;
        int start = another ? -1 : emailStart(whole.substring(0, end));
        if (start >= 0) {
          found.add(new Span(address.start() + start, address.start() + end));
          break;
        }
      }
    }
  }

  /** Where an address ends that is the start of this one; 0 when there is no shorter one. */
  private static int shorter(String whole, int end) {
    for (int at = end - 1; at > whole.lastIndexOf('@') + 1; at--) {
      if (BEHIND_LABEL.indexOf(whole.charAt(at)) >= 0) {
        return at;
      }
    }
    return 0;
  }

  /** Where a term begins that is the end of an address; -1 when none is. */
  private int emailStart(String whole) {
    int at = whole.lastIndexOf('@');
    int start = 0;
    while (!terms.contain(Kind.EMAIL, whole.substring(start))) {
      Matcher before = BEFORE_ADDRESS.matcher(whole).region(start, at);
      if (!before.find()) {
        return -1;
      }
      start = before.end();
    }
    return start;
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
        if (between > MOST_BETWEEN || next == '+' || Character.isLetter(next)) {
          return -1;
        }
        continue;
      }
      between = 0;
      digits.append(next);
      if (digits.length() > MOST_DIGITS) {
        return -1;
      }
      boolean ends = at + 1 == text.length() || !isDigit(text.charAt(at + 1));
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
    return isDigit(character) || character == '+';
  }

  private void findWords(String text, List<Span> found) {
    List<FoldedWords.Word> words = FoldedWords.of(text);
    for (int first = 0; first < words.size(); first++) {
      for (int length : terms.lengths()) {
        if (first + length > words.size()) {
          break; // they are in ascending order
        }
        List<FoldedWords.Word> some = words.subList(first, first + length);
        if (terms.contain(Kind.WORDS, FoldedWords.joined(some))) {
          found.add(new Span(some.get(0).start(), some.get(length - 1).end()));
        }
      }
    }
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
    boolean french =
        digits.startsWith("33") && digits.length() == (digits.startsWith("330") ? 12 : 11);
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
