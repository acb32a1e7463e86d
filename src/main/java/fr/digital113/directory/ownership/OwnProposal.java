package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Whether a proposal is about the caller's company; those of others are not to be known of. */
@Singleton
class OwnProposal implements Ownership {
  private final Jdbi jdbi;

  OwnProposal(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.PROPOSAL;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select exists (select from proposal where id::text = lower(:ref) and company = :company)")
                    .bind("company", company)
                    .bind("ref", ref)
                    .mapTo(Boolean.class)
                    .one())
        ? Relation.OWN
        : Relation.HIDDEN;
  }
}
