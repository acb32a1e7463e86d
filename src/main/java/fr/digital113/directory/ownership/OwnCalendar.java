package fr.digital113.directory.ownership;

import fr.digital113.directory.access.Ownership;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Whether the address of a calendar is of the caller's company; others are not to be known of. */
@Singleton
class OwnCalendar implements Ownership {
  private final Jdbi jdbi;

  OwnCalendar(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Kind kind() {
    return Kind.CALENDAR;
  }

  @Override
  public Relation relation(UUID company, String ref) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select exists (select from calendar_subscription where id::text = lower(:ref) and company = :company)")
                    .bind("ref", ref)
                    .bind("company", company)
                    .mapTo(Boolean.class)
                    .one())
        ? Relation.OWN
        : Relation.HIDDEN;
  }
}
