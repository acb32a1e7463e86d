package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether the caller's company leads the Factory of an initiative today; drafts of other Factories
 * are not to be known of.
 */
@Singleton
class OwnInitiative implements Ownership {
  private final Jdbi jdbi;

  OwnInitiative(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.INITIATIVE;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select case when exists (select from factory_lead l
                        where l.factory = i.factory and l.company = :company and l.until is null) then 'OWN'
                      when i.publication = 'published' then 'OTHERS' else 'HIDDEN' end
                    from initiative i where i.slug = :ref or i.id::text = lower(:ref) limit 1
                    """)
                .bind("company", company)
                .bind("ref", ref)
                .mapTo(Relation.class)
                .findOne()
                .orElse(Relation.HIDDEN));
  }
}
