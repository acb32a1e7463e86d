package fr.digital113.directory.editing;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The companies that take part in a workshop. They come in as {@link FactoryParticipants} do:
 * published members, who may stay what they become.
 */
final class WorkshopParticipants {
  private WorkshopParticipants() {}

  /** Presenters among those that leave leave with them. */
  static void write(Handle database, String workshop, List<String> companies) {
    database
        .createUpdate(
            "delete from workshop_participant where workshop = :id::uuid and company <> all(:companies::uuid[])")
        .bind("id", workshop)
        .bindArray("companies", String.class, companies)
        .execute();
    database
        .createUpdate(
            """
            insert into workshop_participant (workshop, company)
            select :id::uuid, company from unnest(:companies::uuid[]) company on conflict do nothing
            """)
        .bind("id", workshop)
        .bindArray("companies", String.class, companies)
        .execute();
  }
}
