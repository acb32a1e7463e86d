package fr.digital113.directory.web;

import java.util.regex.Pattern;

/**
 * Paths that open something to whoever knows them: they are not repeated, neither in a log nor in
 * an answer.
 */
public final class SecretPaths {
  /** Ids have no such length. */
  private static final Pattern SECRET = Pattern.compile("[^/]*[A-Za-z0-9_%-]{40,}[^/]*");

  private static final String CALENDARS = "/v1/calendars/";

  private SecretPaths() {}

  /** The path as it may be shown. */
  public static String hidden(String path) {
    return path.startsWith(CALENDARS)
        ? CALENDARS + SECRET.matcher(path.substring(CALENDARS.length())).replaceAll("hidden")
        : path;
  }
}
