package fr.digital113.directory.partners;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.access.Role;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that is asked for.
 *
 * @param origins the sites whose pages may use it; empty for a key of servers and scripts
 */
record KeyRequest(
    String label, Set<String> roles, Set<String> origins, @Nullable OffsetDateTime expiresAt) {
  private static final List<String> ROLES =
      List.of(Role.PARTNER.code(), Role.TEAM.code(), Role.STATISTICIAN.code());

  /**
   * Reads a body.
   *
   * @throws ProblemException when it asks for no key that could be made
   */
  static KeyRequest of(@Nullable JsonNode json) {
    BodyFields body = new BodyFields(json);
    String label = body.required("label");
    Set<String> roles = body.anyOf("roles", ROLES);
    Set<String> origins = body.set("origins", (pointer, value) -> origin(body, pointer, value));
    OffsetDateTime expiresAt = body.future("expiresAt");
    if (roles != null && roles.isEmpty()) {
      body.error("/roles", "empty", new Text("Au moins un rôle.", "At least one role."));
    }
    Set<String> asked = roles == null ? Set.of(Role.PARTNER.code()) : roles;
    Set<String> sites = origins == null ? Set.of() : origins;
    if (!sites.isEmpty() && !asked.equals(Set.of(Role.PARTNER.code()))) {
      body.error(
          "/origins",
          "not_for_browsers",
          new Text(
              "Une page web montre sa clé à tous ; seul le rôle « partner » y convient.",
              "A web page shows its key to everybody; only the role \"partner\" is fit for it."));
    }
    body.check();
    return new KeyRequest(label, asked, sites, expiresAt);
  }

  /** The role that the key's first letters tell. */
  Role foremost() {
    if (roles.contains(Role.TEAM.code())) {
      return Role.TEAM;
    }
    return roles.contains(Role.STATISTICIAN.code()) ? Role.STATISTICIAN : Role.PARTNER;
  }

  /** As browsers write it in the Origin header. */
  private static @Nullable String origin(BodyFields body, String pointer, JsonNode value) {
    try {
      URI uri = new URI(value.asText().toLowerCase(Locale.ROOT));
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.toString().length() <= 200
          && uri.toString().equals(uri.getScheme() + "://" + uri.getRawAuthority())
          && uri.getRawUserInfo() == null) {
        return uri.toString();
      }
    } catch (URISyntaxException noOrigin) {
      // told below
    }
    body.error(
        pointer,
        "invalid_origin",
        new Text(
            "Une origine est attendue, comme https://www.example.org, sans chemin.",
            "An origin is expected, such as https://www.example.org, without a path."));
    return null;
  }
}
