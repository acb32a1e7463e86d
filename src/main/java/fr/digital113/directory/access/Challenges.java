package fr.digital113.directory.access;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.Header;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** What a 401 says: how to authenticate, and what was wrong (RFC 6750). */
@ApplicationScoped
class Challenges {
  private static final String KEY = "ApiKey";
  private static final String TOKEN = "Bearer";
  private static final String WRONG_TOKEN = "Bearer error=\"invalid_token\"";
  private static final Text REQUIRED =
      new Text(
          "Cette action demande une clé dans l'en-tête X-API-Key, ou un jeton dans Authorization: Bearer.",
          "This action needs a key in the X-API-Key header, or a token in Authorization: Bearer.");
  private static final Text WRONG_KEY =
      new Text(
          "La clé de l'en-tête X-API-Key n'est pas valable.",
          "The key in the X-API-Key header is not valid.");

  private final boolean takesTokens;
  private final AccessMetrics metrics;

  Challenges(TokenSettings settings, AccessMetrics metrics) {
    this.takesTokens = settings.issuer().isPresent();
    this.metrics = metrics;
  }

  ProblemException required() {
    return problem(REQUIRED, TOKEN);
  }

  ProblemException wrongKey() {
    metrics.wrongKey();
    return problem(WRONG_KEY, TOKEN);
  }

  ProblemException wrongToken(Text why) {
    metrics.wrongToken();
    return problem(why, WRONG_TOKEN);
  }

  private ProblemException problem(Text detail, String bearer) {
    List<Header> headers = new ArrayList<>();
    if (takesTokens) {
      headers.add(new Header(HttpHeaders.WWW_AUTHENTICATE, bearer));
    }
    headers.add(new Header(HttpHeaders.WWW_AUTHENTICATE, KEY));
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail, List.of(), headers);
  }
}
