package fr.digital113.directory.access;

import fr.digital113.directory.web.PublicReaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Knows the readers without credentials, and the partners by their keys in memory. Tokens are not
 * looked at: partners have none.
 */
@ApplicationScoped
class KnownReaders implements PublicReaders {
  private final ApiKeys keys;
  private final KeyUse use;

  KnownReaders(ApiKeys keys, KeyUse use) {
    this.keys = keys;
    this.use = use;
  }

  @Override
  public boolean has(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (headers.contains(HttpHeaders.AUTHORIZATION)) {
      return false;
    }
    List<String> sent = headers.getAll(AuthenticationFilter.KEY);
    return sent.isEmpty() || (sent.size() == 1 && isPartners(sent.get(0), headers));
  }

  private boolean isPartners(String key, MultiMap headers) {
    Optional<ApiKeys.Known> partners =
        keys.peekRecent(ApiKey.hash(key))
            .filter(each -> Caller.readAsThePublic(each.roles()))
            .filter(each -> each.isFor(headers.get(HttpHeaders.ORIGIN)));
    partners.ifPresent(each -> use.note(each.id()));
    return partners.isPresent();
  }
}
