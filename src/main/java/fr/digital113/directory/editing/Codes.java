package fr.digital113.directory.editing;

import fr.digital113.directory.values.KnownCodes;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What references may name, read when a write first asks for it: most writes ask for little. */
final class Codes {
  private final Handle database;
  private @Nullable KnownCodes known;
  private @Nullable LocalDate today;
  private final Map<String, Optional<Territory>> territories = new HashMap<>();
  private final Map<String, Optional<Sector>> sectors = new HashMap<>();

  Codes(Handle database) {
    this.database = database;
  }

  /**
   * A company that a request names.
   *
   * @param member whether it is one today
   */
  record Company(String id, boolean published, boolean member) {}

  /** A territory as facts name it. */
  record Territory(String code, String level, String name) {}

  /** A sector with its labels. */
  record Sector(String slug, String fr, String en) {}

  KnownCodes known() {
    KnownCodes read = known;
    if (read == null) {
      read = KnownCodes.load(database);
      known = read;
    }
    return read;
  }

  /** The day that the database's rules go by. */
  LocalDate today() {
    LocalDate read = today;
    if (read == null) {
      read = database.createQuery("select directory_today()").mapTo(LocalDate.class).one();
      today = read;
    }
    return read;
  }

  /** The companies that ids or slugs name, by these; whatever their publication. */
  Map<String, Company> companies(Collection<String> refs) {
    List<String> lower = refs.stream().map(ref -> ref.toLowerCase(Locale.ROOT)).toList();
    Map<String, Company> found = new HashMap<>();
    database
        .createQuery(
            """
            select c.id::text, c.slug, c.publication = 'published', is_member(c.id, directory_today())
            from company c where c.id::text = any(:refs) or c.slug = any(:refs)
            """)
        .bindArray("refs", String.class, lower)
        .map(
            (row, context) -> {
              Company company = new Company(row.getString(1), row.getBoolean(3), row.getBoolean(4));
              found.put(company.id(), company);
              return found.put(row.getString(2), company);
            })
        .list();
    return found;
  }

  /** The id of the Factory that an id or slug names. */
  Optional<String> factory(String ref) {
    return database
        .createQuery("select id::text from factory where id::text = :ref or slug = :ref")
        .bind("ref", ref.toLowerCase(Locale.ROOT))
        .mapTo(String.class)
        .findOne();
  }

  /** The territory of a code; that of today for a commune that was merged. */
  Optional<Territory> territory(String code) {
    return territories.computeIfAbsent(code, this::readTerritory);
  }

  private Optional<Territory> readTerritory(String code) {
    return database
        .createQuery(
            "select code, level, name from territory where code = coalesce(current_commune(:code), :code)")
        .bind("code", code)
        .map((row, context) -> new Territory(row.getString(1), row.getString(2), row.getString(3)))
        .findOne();
  }

  /** The sector of a slug, which nobody deletes until the write that names it is done. */
  Optional<Sector> sector(String slug) {
    return sectors.computeIfAbsent(slug, this::readSector);
  }

  private Optional<Sector> readSector(String slug) {
    return database
        .createQuery("select slug, label_fr, label_en from sector where slug = :slug for share")
        .bind("slug", slug)
        .map((row, context) -> new Sector(row.getString(1), row.getString(2), row.getString(3)))
        .findOne();
  }
}
