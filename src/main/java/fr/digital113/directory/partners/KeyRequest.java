package fr.digital113.directory.partners;

import fr.digital113.directory.access.Role;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that is asked for.
 *
 * @param origins the sites whose pages may use it; empty for a key of servers and scripts
 */
record KeyRequest(
    String label, Set<String> roles, Set<String> origins, @Nullable OffsetDateTime expiresAt) {
  private static final int MOST = 20;
  private static final List<String> ROLES =
      List.of(Role.PARTNER.code(), Role.TEAM.code(), Role.STATISTICIAN.code());

  /**
   * Reads a body.
   *
   * @throws ProblemException when it asks for no key that could be made
   */
  static KeyRequest of(JsonBody body) {
    body.required("label");
    String label = PartnerResource.line(body, "label");
    Set<String> roles = each(body, "roles", KeyRequest::role);
    Set<String> origins = each(body, "origins", KeyRequest::origin);
    OffsetDateTime expiresAt = body.future("expiresAt");
    if (roles != null && roles.isEmpty() && body.isSound()) {
      body.error("roles", "empty", new Text("Au moins un rôle.", "At least one role."));
    }
    Set<String> asked = roles == null ? Set.of(Role.PARTNER.code()) : roles;
    Set<String> sites = origins == null ? Set.of() : origins;
    if (!sites.isEmpty() && !asked.equals(Set.of(Role.PARTNER.code()))) {
      body.error(
          "origins",
          "not_for_browsers",
          new Text(
              "Une page web montre sa clé à tous ; seul le rôle « partner » y convient.",
              "A web page shows its key to everybody; only the role \"partner\" is fit for it."));
    }
    body.check();
    return new KeyRequest(Objects.requireNonNull(label), asked, sites, expiresAt);
  }

  /** The role that the key's first letters tell. */
  Role foremost() {
    if (roles.contains(Role.TEAM.code())) {
      return Role.TEAM;
    }
    return roles.contains(Role.STATISTICIAN.code()) ? Role.STATISTICIAN : Role.PARTNER;
  }

  /** The texts of an array, each once; null when it is absent. */
  private static @Nullable Set<String> each(JsonBody body, String name, Parser<String> parser) {
    List<String> texts = body.texts(name, MOST);
    if (texts == null) {
      return null;
    }
    Set<String> read = new LinkedHashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      String value = Parser.parsed(body, name + "/" + i, texts.get(i), parser);
      if (value != null) {
        read.add(value);
      }
    }
    return read;
  }

  private static String role(String text) throws BadValueException {
    if (!ROLES.contains(text)) {
      throw new BadValueException(
          "unknown_value", new Text("Valides : %s.", "Valid: %s.").with(String.join(", ", ROLES)));
    }
    return text;
  }

  /** As browsers write it in the Origin header. */
  private static String origin(String text) throws BadValueException {
    try {
      URI uri = new URI(text.toLowerCase(Locale.ROOT));
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.toString().length() <= 200
          && uri.toString().equals(uri.getScheme() + "://" + uri.getRawAuthority())
          && uri.getRawUserInfo() == null
          && uri.getPort() <= 65_535) {
        return asBrowsersSayIt(uri);
      }
    } catch (URISyntaxException noOrigin) {
      // told below
    }
    throw new BadValueException(
        "invalid_origin",
        "Une origine est attendue, comme https://www.example.org, sans chemin.",
        "An origin is expected, such as https://www.example.org, without a path.");
  }

  /** Browsers leave out the port that a scheme has anyway. */
  private static String asBrowsersSayIt(URI uri) {
    boolean usual = uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
    return usual ? uri.getScheme() + "://" + uri.getHost() : uri.toString();
  }
}
