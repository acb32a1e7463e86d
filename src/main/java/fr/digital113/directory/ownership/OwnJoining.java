package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether the caller's company may have to do with a Factory: as a member, who can ask to join it,
 * or because it takes part or has asked already, which it may end.
 */
@Singleton
class OwnJoining implements Ownership {
  private final Jdbi jdbi;

  OwnJoining(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.JOINING;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select case when is_member(:company, directory_today())
                        or exists (select from factory_participant p where p.factory = f.id and p.company = :company)
                        or exists (select from participation_request r where r.factory = f.id and r.company = :company)
                      then 'OWN' else 'OTHERS' end
                    from factory f where f.slug = :ref or f.id::text = lower(:ref) limit 1
                    """)
                .bind("company", company)
                .bind("ref", ref)
                .mapTo(Relation.class)
                .findOne()
                .orElse(Relation.HIDDEN));
  }
}
