package fr.digital113.directory.web;

import java.util.List;
import java.util.regex.Pattern;

/** What If-None-Match says (RFC 9110, 13.1.2). */
final class ETags {
  private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"");

  private ETags() {}

  /**
   * Whether the header names an answer: any of a list, or all by a star.
   *
   * @param header its lines
   * @param value of the tag, without its quotes
   */
  static boolean name(List<String> header, String value) {
    for (String line : header) {
      if (isAlone(line, value) || line.strip().equals("*")) {
        return true;
      }
      if (line.contains(value)
          && TAG.matcher(line).results().anyMatch(each -> each.group(1).equals(value))) {
        return true;
      }
    }
    return false;
  }

  /** What nearly all send, without looking further. */
  private static boolean isAlone(String line, String value) {
    return line.length() == value.length() + 2
        && line.charAt(0) == '"'
        && line.charAt(line.length() - 1) == '"'
        && line.startsWith(value, 1);
  }
}
