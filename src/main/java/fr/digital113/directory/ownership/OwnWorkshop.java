package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether the caller's company, a member today, takes part in a workshop. What is not published is
 * not to be known of, not even by those who are invited.
 */
@Singleton
class OwnWorkshop implements Ownership {
  private final Jdbi jdbi;

  OwnWorkshop(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.WORKSHOP;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select case when is_member(:company, directory_today()) and exists (
                        select from workshop_participant p where p.workshop = w.id and p.company = :company)
                      then 'OWN' else 'OTHERS' end
                    from workshop w where w.id::text = lower(:ref) and w.publication = 'published'
                    """)
                .bind("company", company)
                .bind("ref", ref)
                .mapTo(Relation.class)
                .findOne()
                .orElse(Relation.HIDDEN));
  }
}
