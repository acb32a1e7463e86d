package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Names the rows of a table that keeps former slugs in {@code <table>_former_slug}: a slug that
 * leads to another item, today or from before, is given to nobody.
 *
 * @param table also the name of the column that points from a former slug to its item
 * @param taken what somebody is told who wants a slug of another
 */
record ItemSlugs(String table, Text taken) {

  /** Refuses a slug that still leads to another item. */
  void refuseFormer(Handle database, String id, String slug) {
    boolean former =
        database
            .createQuery(
                "select exists (select from %1$s_former_slug where slug = :slug and %1$s::text <> :id)"
                    .formatted(table))
            .bind("slug", slug)
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    if (former) {
      throw refusal();
    }
  }

  /**
   * Inserts a new item with the slug that it asks for, or one that is free.
   *
   * @param base what a slug is made from when none is asked for
   * @return its id
   */
  String insert(Handle database, ObjectNode item, Row row, String base) {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    String slug = Json.text(item, "slug");
    if (slug != null) {
      refuseFormer(database, id, slug);
      if (!row.insert(database, id, "slug")) {
        throw refusal();
      }
      return id;
    }
    Set<String> others = others(database, base);
    // Somebody else may take a free one first; then the next is tried.
    for (int number = 1; ; number++) {
      String free = number == 1 ? base : base + "-" + number;
      if (!others.contains(free)) {
        row.set("slug", free);
        if (row.insert(database, id, "slug")) {
          return id;
        }
      }
    }
  }

  private Set<String> others(Handle database, String base) {
    return new HashSet<>(
        database
            .createQuery(
                """
                select slug from (select slug from %1$s union select slug from %1$s_former_slug) s
                where slug = :base or slug like :base || '-%%'
                """
                    .formatted(table))
            .bind("base", base)
            .mapTo(String.class)
            .list());
  }

  private ProblemException refusal() {
    return new ProblemException(
        ProblemType.CONFLICT, taken, List.of(FieldError.at("/slug", "taken", taken)));
  }
}
