package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Whether a webhook is of the caller's partner; those of others are not to be known of. */
@Singleton
class OwnWebhook implements Ownership {
  private final Jdbi jdbi;

  OwnWebhook(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.WEBHOOK;
  }

  @Override
  public Relation relation(UUID partner, String ref) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select exists (select from webhook where id::text = lower(:ref) and partner = :partner)")
                    .bind("ref", ref)
                    .bind("partner", partner)
                    .mapTo(Boolean.class)
                    .one())
        ? Relation.OWN
        : Relation.HIDDEN;
  }
}
