package fr.digital113.directory.access;

import fr.digital113.directory.web.PublicReaders;
import fr.digital113.directory.web.SentCredentials;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
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
  public boolean has(RoutingContext exchange) {
    MultiMap headers = exchange.request().headers();
    if (headers.contains(HttpHeaders.AUTHORIZATION)) {
      return false;
    }
    return !headers.contains(SentCredentials.API_KEY)
        || (headers.getAll(SentCredentials.API_KEY).size() == 1
            && isPartners(SentCredentials.hashes(exchange).get(0), headers));
  }

  private boolean isPartners(byte[] hash, MultiMap headers) {
    Optional<ApiKeys.Known> partners =
        keys.peekRecent(hash)
            .filter(each -> Caller.readAsThePublic(each.roles()))
            .filter(each -> each.isFor(headers.get(HttpHeaders.ORIGIN)));
    partners.ifPresent(each -> use.note(each.id()));
    return partners.isPresent();
  }
}
