package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Whether the caller's company is one of the two that lead a Factory today. */
@Singleton
class OwnFactory implements Ownership {
  private final Jdbi jdbi;

  OwnFactory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.FACTORY;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select case when exists (select from factory_lead l
                        where l.factory = f.id and l.company = :company and l.until is null) then 'OWN' else 'OTHERS' end
                    from factory f where f.slug = :ref or f.id::text = lower(:ref) limit 1
                    """)
                .bind("company", company)
                .bind("ref", ref)
                .mapTo(Relation.class)
                .findOne()
                .orElse(Relation.HIDDEN));
  }
}
