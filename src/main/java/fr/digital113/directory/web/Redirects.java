package fr.digital113.directory.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Answers who asks by a former name. */
final class Redirects {
  private Redirects() {}

  /** The same path and query with the name of today. It is kept as long as any other answer. */
  static Response to(MovedException moved, UriInfo uri, String caching) {
    URI asked = uri.getRequestUri();
    String path =
        Arrays.stream(asked.getRawPath().split("/", -1))
            .map(
                segment ->
                    URLDecoder.decode(segment, StandardCharsets.UTF_8).equals(moved.former())
                        ? moved.current()
                        : segment)
            .collect(Collectors.joining("/"));
    String query = asked.getRawQuery() == null ? "" : "?" + CanonicalQuery.of(asked.getRawQuery());
    return Response.status(Response.Status.MOVED_PERMANENTLY)
        .header(HttpHeaders.LOCATION, path + query)
        .header(HttpHeaders.CACHE_CONTROL, caching)
        .header(HttpHeaders.VARY, Exchange.VARY)
        .build();
  }
}
