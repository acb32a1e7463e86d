package fr.digital113.directory.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/**
 * Refuses what is too long, or not encoded, with a problem document. The server's own limits are
 * wider and answer without a body.
 */
@Provider
@PreMatching
class RequestLimits implements ContainerRequestFilter {
  /** Characters of path and query, and of all headers together. */
  static final int LONGEST = 16_384;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getUriInfo().getRequestUri().getRawPath().contains("%00")) {
      throw new ProblemException( // PostgreSQL has no such character, so nothing can be called so
          ProblemType.NOT_FOUND,
          new Text("Il n'y a rien à cette adresse.", "There is nothing at this address."));
    }
    if (!isAscii(request.getUriInfo().getRequestUri().toString())) {
      // The server has read the bytes as Latin-1, so that an answer would be to something else
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          new Text(
              "L'adresse contient des caractères à encoder : é s'écrit %C3%A9.",
              "The address has characters to be encoded: é is written %C3%A9."));
    }
    if (request.getUriInfo().getRequestUri().toString().length() > LONGEST) {
      throw new ProblemException(
          ProblemType.URI_TOO_LONG,
          new Text("L'adresse dépasse %d caractères.", "The address is longer than %d characters.")
              .with(LONGEST));
    }
    if (headerLength(request) > LONGEST) {
      throw new ProblemException(
          ProblemType.HEADERS_TOO_LARGE,
          new Text(
                  "Les en-têtes dépassent %d caractères.",
                  "The headers are longer than %d characters.")
              .with(LONGEST));
    }
  }

  private static boolean isAscii(String address) {
    return address.chars().allMatch(each -> each < 0x80);
  }

  /** Whether the headers are short enough, before the request is looked at closely. */
  static boolean hasShortHeaders(HttpServerRequest request) {
    int length = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      length += header.getKey().length() + header.getValue().length();
    }
    return length <= LONGEST;
  }

  private static int headerLength(ContainerRequestContext request) {
    return request.getHeaders().entrySet().stream()
        .mapToInt(
            header ->
                header.getValue().stream()
                    .mapToInt(value -> header.getKey().length() + value.length())
                    .sum())
        .sum();
  }
}
