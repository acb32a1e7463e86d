package fr.digital113.directory.erasure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text whose percent-encoded parts are decoded.
 *
 * @param starts where each character was in the text, and where the text ended
 */
record DecodedText(String text, List<Integer> starts) {
  private static final Pattern ENCODED = Pattern.compile("(%[0-9A-Fa-f]{2})+");

  /** Decodes; null when nothing is encoded. */
  static @Nullable DecodedText of(String text) {
    Matcher encoded = ENCODED.matcher(text);
    if (!encoded.find()) {
      return null;
    }
    StringBuilder decoded = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (encoded.region(at, text.length()).lookingAt()) {
        String plain = decoded(encoded.group());
        int bytes = 0;
        for (int i = 0; i < plain.length(); i++) {
          starts.add(at + bytes * 3);
          bytes += utf8Length(plain, i);
        }
        decoded.append(plain);
        at = encoded.end();
      } else {
        starts.add(at);
        decoded.append(text.charAt(at++));
      }
    }
    starts.add(text.length());
    return new DecodedText(decoded.toString(), starts);
  }

  /** Where a place in the decoded text was before. */
  int place(int decoded) {
    return starts.get(decoded);
  }

  /** What is no UTF-8 becomes a character for each byte, so that places stay right. */
  private static String decoded(String encoded) {
    byte[] bytes = HexFormat.of().parseHex(encoded.replace("%", ""));
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
        ? text
        : new String(bytes, StandardCharsets.US_ASCII).replace('\uFFFD', '?');
  }

  /** Bytes of one character; the second half of a pair has those of both. */
  private static int utf8Length(String text, int at) {
    char character = text.charAt(at);
    if (Character.isHighSurrogate(character)) {
      return 0;
    }
    if (Character.isLowSurrogate(character)) {
      return 4;
    }
    return character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
  }
}
