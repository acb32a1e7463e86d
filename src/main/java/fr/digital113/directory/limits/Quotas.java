package fr.digital113.directory.limits;

import java.util.Optional;

/**
 * Knows what the holders of some keys or tokens may ask for. Every bean of this kind is asked for
 * every request that carries a credential, on the event loop: answer from memory, never block.
 */
public interface Quotas {

  /**
   * The quota of a credential that this process has lately seen to be good. Empty for all others,
   * good ones included: they count against the client's address, at a higher cost, until a request
   * has proved them.
   *
   * @param sha256 the SHA-256 of the {@code X-API-Key}, or of the bearer token, as it was sent
   */
  Optional<Quota> of(byte[] sha256);
}
