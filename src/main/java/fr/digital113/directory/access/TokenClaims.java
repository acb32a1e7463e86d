package fr.digital113.directory.access;

import fr.digital113.directory.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/** What the claims of a good token say. */
final class TokenClaims {
  /** Ids that providers make up, by their digits. An address, or a login name, is no such thing. */
  private static final Pattern PSEUDONYM =
      Pattern.compile("(?=.*[0-9a-f]{8})[A-Za-z0-9._:|~-]{1,100}");

  private static final int DIGEST_BYTES = 16;

  private TokenClaims() {}

  static Caller caller(JwtClaims claims, TokenSettings settings) throws MalformedClaimException {
    return new Caller(
        "user:" + pseudonym(claims.getSubject()),
        texts(find(claims.getClaimsMap(), settings.rolesClaim()))
            .flatMap(code -> Role.of(code).stream())
            .collect(Collectors.toUnmodifiableSet()),
        company(find(claims.getClaimsMap(), settings.companyClaim())),
        null,
        null,
        Plans.STANDARD);
  }

  /** Some providers use addresses as ids; the change log must hold none. */
  private static String pseudonym(String subject) {
    return PSEUDONYM.matcher(subject).matches()
        ? subject
        : HexFormat.of()
            .formatHex(Sha256.of(subject.getBytes(StandardCharsets.UTF_8)), 0, DIGEST_BYTES);
  }

  /** A claim of that very name, which may be a URL, or else the end of a path of claims. */
  private static @Nullable Object find(Map<String, Object> claims, String path) {
    Object whole = claims.get(path);
    if (whole != null) {
      return whole;
    }
    Object found = claims;
    for (String step : path.split("/", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return found;
  }

  /** A list, or texts separated by spaces or commas. */
  private static Stream<String> texts(@Nullable Object claim) {
    if (claim instanceof Collection<?> list) {
      return list.stream().map(String::valueOf);
    }
    return claim instanceof String text ? Stream.of(text.split("[ ,]+", -1)) : Stream.of();
  }

  private static @Nullable UUID company(@Nullable Object claim) {
    return texts(claim).limit(2).count() == 1
        ? texts(claim).findFirst().map(TokenClaims::uuid).orElse(null)
        : null;
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }
}
