package fr.digital113.directory.sync;

import fr.digital113.directory.companies.Companies;
import fr.digital113.directory.index.Following;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Sha256;
import fr.digital113.directory.web.Text;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is copied: which types, and which companies.
 *
 * @param text the parameters that say so, in an order that does not depend on the caller's
 * @param types in the order in which a snapshot has them
 * @param companies which companies; of other types all are copied
 * @param searches whether a text decides, which looks into names of others as well
 */
record SyncFilter(String text, List<String> types, Query companies, boolean searches) {
  static final String COMPANY = "company";

  /** The parameters that do not say what is copied. */
  static final Set<String> OTHERS = Set.of("token", "limit", "lang");

  private static final int LONGEST = 2_000;

  /** Reads the parameters of a request; mistakes are collected in them. */
  static SyncFilter of(
      QueryParameters parameters, Snapshot snapshot, Companies companies, Following following) {
    List<String> all = following.types().stream().sorted().toList();
    Set<String> asked = parameters.anyOf("types", all);
    Query query = companies.filter(parameters, snapshot);
    String text =
        parameters.canonical().entrySet().stream()
            .filter(each -> !OTHERS.contains(each.getKey()))
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    if (text.length() > LONGEST) {
      parameters.error(
          "types",
          "too_long",
          new Text("Trop de filtres pour une copie.", "Too many filters for one copy."));
    }
    return new SyncFilter(
        text,
        asked.isEmpty() ? all : List.copyOf(new TreeSet<>(asked)),
        query,
        parameters.has("q"));
  }

  /** The parameters of a query string, such as a filter was read from. */
  static MultivaluedMap<String, String> parameters(String text) {
    MultivaluedMap<String, String> given = new MultivaluedHashMap<>();
    for (String each : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] pair = each.split("=", 2);
      given.add(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1]));
    }
    return given;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEncoding) {
      return QueryParameters.UNDECODABLE;
    }
  }

  /**
   * A hash of what the filter finds, given the same documents: another one when a slug means
   * another thing than before, or the program understands texts in another way.
   */
  long meaning(Snapshot snapshot) {
    return ByteBuffer.wrap(
            Sha256.of(
                (types + companies.key() + snapshot.edition()).getBytes(StandardCharsets.UTF_8)))
        .getLong();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
