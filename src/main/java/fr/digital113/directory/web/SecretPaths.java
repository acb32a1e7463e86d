package fr.digital113.directory.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.common.util.Encode;

/**
 * Paths that open something to whoever knows them: they are not repeated, neither in a log nor in
 * an answer.
 */
public final class SecretPaths {
  /** Ids have no such length. */
  private static final Pattern SECRET = Pattern.compile("[^/]*[A-Za-z0-9_%-]{40,}[^/]*");

  private static final String CALENDARS = "/calendars/";

  private SecretPaths() {}

  /** The path as it may be shown, in whichever way it was written: routes forgive much. */
  public static String hidden(String path) {
    String plain;
    try {
      plain = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return path; // leads nowhere
    }
    Matcher secret = SECRET.matcher(plain);
    return plain.contains(CALENDARS) && secret.find()
        ? Encode.encodePath(secret.replaceAll("hidden")) // what else was in it may be no path
        : path;
  }
}
