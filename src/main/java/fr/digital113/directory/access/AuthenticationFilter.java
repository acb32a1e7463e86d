package fr.digital113.directory.access;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.SentCredentials;
import fr.digital113.directory.web.Text;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks, before the body is read. Whoever says who they are and is not believed is
 * refused, also where nobody needs to say it. Filters are made before the settings are read: what
 * they use is application scoped, made with the first request.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
class AuthenticationFilter implements ContainerRequestFilter {
  private static final String KEY = SentCredentials.API_KEY;

  private final ApiKeys keys;
  private final KeyUse use;
  private final Tokens tokens;
  private final Plans plans;
  private final CallerQuotas quotas;
  private final Challenges challenges;
  private final CurrentCaller current;

  AuthenticationFilter(
      ApiKeys keys,
      KeyUse use,
      Tokens tokens,
      Plans plans,
      CallerQuotas quotas,
      Challenges challenges,
      CurrentCaller current) {
    this.keys = keys;
    this.use = use;
    this.tokens = tokens;
    this.plans = plans;
    this.quotas = quotas;
    this.challenges = challenges;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String key = request.getHeaderString(KEY);
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (key != null && authorization != null) {
      throw both();
    }
    if (key != null) {
      current.set(ofKey(key, request.getHeaderString("Origin")));
    } else if (authorization != null) {
      current.set(tokens.caller(authorization));
      quotas.know(Tokens.textOf(authorization), current.get());
    }
  }

  private Caller ofKey(String text, @Nullable String origin) {
    ApiKeys.Known key = keys.find(text).orElseThrow(challenges::wrongKey);
    if (!key.isFor(origin)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          origin == null
              ? new Text(
                  "Cette clé est pour des pages web : la requête n'a pas d'en-tête Origin.",
                  "This key is for web pages: the request has no Origin header.")
              : new Text(
                  "Cette clé ne peut pas être utilisée depuis ce site.",
                  "This key cannot be used from this site."));
    }
    use.note(key.id());
    return new Caller(
        key.roles().contains(Role.ADMIN) ? "admin key" : "key:" + key.id(),
        key.roles(),
        null,
        key.origins().isEmpty() ? key.partner() : null,
        key.id(),
        plans.existing(key.plan()));
  }

  private static ProblemException both() {
    return new ProblemException(
        ProblemType.INVALID_PARAMETER,
        new Text(
            "La requête s'authentifie de deux façons ; voir « errors ».",
            "The request authenticates in two ways; see \"errors\"."),
        List.of(
            new FieldError(
                KEY,
                "two_credentials",
                new Text(
                    "Une clé ou un jeton (Authorization), pas les deux.",
                    "A key or a token (Authorization), not both."))));
  }
}
