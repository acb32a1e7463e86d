package fr.digital113.directory.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.digital113.directory.limits.LimitSettings;
import fr.digital113.directory.limits.Quota;
import fr.digital113.directory.limits.Quotas;
import fr.digital113.directory.web.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * What those may ask for whose key or token this process has seen to be good: a partner as its plan
 * says, all its keys together; the admin, the team and its scripts as the settings say, so that a
 * full address does not shut them out; other people the standard plan, each of them.
 */
@ApplicationScoped
class CallerQuotas implements Quotas {
  private static final String TEAM_POLICY = "team";
  private static final int MOST_TOKENS = 10_000;

  /** Tokens live minutes; one that has expired is refused, which costs no more than a request. */
  private static final Duration TOKEN_REMEMBERED = Duration.ofMinutes(10);

  private final ApiKeys keys;
  private final Plans plans;
  private final LimitSettings settings;
  private final Cache<String, Quota> tokens =
      Caffeine.newBuilder().maximumSize(MOST_TOKENS).expireAfterWrite(TOKEN_REMEMBERED).build();

  CallerQuotas(ApiKeys keys, Plans plans, LimitSettings settings) {
    this.keys = keys;
    this.plans = plans;
    this.settings = settings;
  }

  @Override
  public Optional<Quota> of(byte[] sha256) {
    return keys.peek(sha256)
        .map(this::ofKey)
        .or(() -> Optional.ofNullable(tokens.getIfPresent(name(sha256))));
  }

  /** Remembers a token that was found to be good. */
  void know(String token, Caller caller) {
    byte[] hash = Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    tokens.put(name(hash), quota(caller.actor(), caller.roles(), caller.plan()));
  }

  private Quota ofKey(ApiKeys.Known key) {
    String holder = key.partner() == null ? "key:" + key.id() : "partner:" + key.partner();
    return quota(holder, key.roles(), plans.existing(key.plan()));
  }

  private Quota quota(String holder, Set<Role> roles, String plan) {
    return roles.contains(Role.ADMIN) || roles.contains(Role.TEAM)
        ? new Quota(holder + ":" + TEAM_POLICY, TEAM_POLICY, settings.adminRequestsPerMinute())
        : new Quota(holder, plan, plans.requestsPerMinute(plan));
  }

  private static String name(byte[] sha256) {
    return HexFormat.of().formatHex(sha256);
  }
}
