package fr.digital113.directory.access;

import fr.digital113.directory.limits.LimitSettings;
import fr.digital113.directory.limits.Quota;
import fr.digital113.directory.limits.Quotas;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The admin has a limit of its own, so that a full address does not shut the team out. */
@Singleton
class AdminQuota implements Quotas {
  private final AdminKeys keys;
  private final Quota quota;

  AdminQuota(AdminKeys keys, LimitSettings settings) {
    this.keys = keys;
    this.quota = new Quota("key:admin", "admin", settings.adminRequestsPerMinute());
  }

  @Override
  public Optional<Quota> of(byte[] sha256) {
    return keys.isRemembered(sha256) ? Optional.of(quota) : Optional.empty();
  }
}
