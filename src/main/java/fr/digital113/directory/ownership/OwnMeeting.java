package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Whether the caller's company leads the Factory of a meeting; drafts of others stay unknown. */
@Singleton
class OwnMeeting implements Ownership {
  private final Jdbi jdbi;

  OwnMeeting(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.MEETING;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select case when exists (select from factory_lead l
                        where l.factory = m.factory and l.company = :company and l.until is null) then 'OWN'
                      when m.publication = 'published' and (m.visibility = 'public' or is_member(:company, directory_today()))
                        then 'OTHERS' else 'HIDDEN' end
                    from meeting m where m.id::text = lower(:ref)
                    """)
                .bind("company", company)
                .bind("ref", ref)
                .mapTo(Relation.class)
                .findOne()
                .orElse(Relation.HIDDEN));
  }
}
