package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether a company is the caller's. From the database and not from the index, which has no drafts:
 * one's own draft is one's own, and nobody else's is there.
 */
@Singleton
class OwnCompany implements Ownership {
  private final Jdbi jdbi;

  OwnCompany(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.COMPANY;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select case when id = :company then 'OWN' when publication = 'published' then 'OTHERS' else 'HIDDEN' end
                    from company where id::text = lower(:ref) or slug = :ref or siren = :ref or siret = :ref
                    order by id = :company desc limit 1
                    """)
                .bind("company", company)
                .bind("ref", ref)
                .mapTo(Relation.class)
                .findOne()
                .orElse(Relation.HIDDEN));
  }
}
