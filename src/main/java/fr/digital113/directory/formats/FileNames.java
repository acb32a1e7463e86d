package fr.digital113.directory.formats;

import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The first part of a file's name: of which list it is and what was asked for, so that two
 * selections of one day do not overwrite each other.
 */
public final class FileNames {
  /** Told at the end of the name, or by nothing but the content. */
  private static final Set<String> ELSEWHERE = Set.of("format", "dialect", "lang");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.,-]*");
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9.,-]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final int LONGEST = 80;
  private static final int HASH_BYTES = 4;

  private FileNames() {}

  /**
   * A name of ASCII letters, digits, dots, pluses and hyphens.
   *
   * @param list of which it is
   * @param request its path, with or without a query
   * @param parameters what was asked for
   */
  public static String of(
      String list, String request, SortedMap<String, String> parameters, Language language) {
    List<String> parts = new ArrayList<>(List.of(list));
    parts.addAll(within(request));
    parameters.forEach(
        (name, value) -> {
          if (!ELSEWHERE.contains(name)) {
            parts.add(name);
            parts.add(value);
          }
        });
    if (language != Language.FR) {
      parts.add(language.tag());
    }
    String whole = String.join("-", parts);
    return PLAIN.matcher(whole).matches() && whole.length() <= LONGEST
        ? named(whole)
        : shortened(whole, parameters);
  }

  /** What a list is part of: {@code territories} and {@code toulouse} of its companies. */
  private static List<String> within(String request) {
    List<String> path = Arrays.asList(request.replaceFirst("\\?.*", "").split("/", -1));
    // Nothing before the first slash, the version, and the list itself.
    return path.size() > 3 ? path.subList(2, path.size() - 1) : List.of();
  }

  /** As much as is fit to be in a name, and what tells it from all others. */
  private static String shortened(String whole, Map<String, String> parameters) {
    String ascii =
        OTHERS
            .matcher(MARKS.matcher(Normalizer.normalize(whole, Normalizer.Form.NFD)).replaceAll(""))
            .replaceAll("-");
    String start = ascii.substring(0, Math.min(ascii.length(), LONGEST));
    byte[] hash = Sha256.of((whole + parameters).getBytes(StandardCharsets.UTF_8));
    return named(start) + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
  }

  private static String named(String text) {
    String name = text.replace(',', '+');
    int end = name.length();
    while (name.charAt(end - 1) == '-') {
      end--;
    }
    return name.substring(0, end);
  }
}
