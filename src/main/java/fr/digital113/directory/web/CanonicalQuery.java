package fr.digital113.directory.web;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request with its parameters in the order of their names, as they were sent
 * otherwise. Two requests that differ in that order only are one, and have the same answer, links
 * included.
 */
final class CanonicalQuery {
  private CanonicalQuery() {}

  /** Empty for none. Parameters of the same name keep their order. */
  static String of(@Nullable String rawQuery) {
    if (rawQuery == null) {
      return "";
    }
    if (rawQuery.indexOf('&') < 0) {
      return rawQuery;
    }
    String[] parameters = rawQuery.split("&");
    Arrays.sort(parameters, Comparator.comparing(CanonicalQuery::name));
    return String.join("&", parameters);
  }

  private static String name(String parameter) {
    int sign = parameter.indexOf('=');
    return sign < 0 ? parameter : parameter.substring(0, sign);
  }
}
