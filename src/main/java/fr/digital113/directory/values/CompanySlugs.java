package fr.digital113.directory.values;

import fr.digital113.directory.web.Slugs;
import org.jdbi.v3.core.Handle;

/** Names new companies: by their name where it is free, else with -2, -3... */
public final class CompanySlugs {
  /** The path beside those of companies. */
  private static final String SUGGEST = "suggest";

  private CompanySlugs() {}

  /**
   * What the slug of a company starts from: never only digits, which would look like a SIREN, nor a
   * path of the API.
   *
   * @param nameless what to start from when the name has no Latin letter and no digit
   */
  public static String base(String name, String nameless) {
    String slug = Slugs.of(name);
    if (slug.isEmpty()) {
      return nameless;
    }
    return slug.equals(SUGGEST) || Slugs.isReference(slug) ? "entreprise-" + slug : slug;
  }

  /** The slug that a file gives a company. */
  public static String given(String cell) throws BadValueException {
    String slug = Values.slug(cell);
    if (slug.equals(SUGGEST)) {
      throw new BadValueException(
          "reserved_slug",
          "Ce slug est déjà un chemin de l'API.",
          "This slug is a path of the API already.");
    }
    return slug;
  }

  /**
   * Gives each waiting row of a stage the lowest free number of its base. The slugs that other rows
   * have are not free.
   *
   * @param stage a table with columns base and slug
   * @param key the column that tells its rows apart; of two rows the lower one chooses first
   * @param waiting the condition for a row to be named, which must not hold once it has a slug
   */
  public static void assign(Handle database, String stage, String key, String waiting) {
    String round = round(stage, key, waiting);
    String left = "select exists (select from %s where %s)".formatted(stage, waiting);
    // Two bases may meet in one slug, as "studio" numbered 2 and "studio-2": one of them waits for
    // the next round.
    while (database.createQuery(left).mapTo(Boolean.class).one()) {
      database.execute("analyze " + stage);
      database.execute(round);
    }
  }

  // Among as many numbers as there are rows that wait or have a slug of the base, enough are free.
  private static String round(String stage, String key, String waiting) {
    return """
        with waiting as (
          select %2$s as key, base, row_number() over (partition by base order by %2$s) as place
          from %1$s where %3$s
        ), taken as materialized (
          select slug from company union select slug from company_former_slug
          union select slug from %1$s where slug is not null
        ), range as (
          select base, sum(rows) as numbers from (
            select base, count(*) as rows from waiting group by base
            union all select slug, count(*) from taken group by slug
            union all select regexp_replace(slug, '-[0-9]+$', ''), count(*) from taken where slug ~ '-[0-9]+$' group by 1) r
          where base in (select base from waiting) group by base
        ), free as (
          select base, c.slug, row_number() over (partition by base order by number) as place
          from range cross join generate_series(1, numbers) number
          cross join lateral (select base || case number when 1 then '' else '-' || number end as slug) c
          left join taken on taken.slug = c.slug
          where taken.slug is null
        ), granted as (
          select distinct on (slug) key, slug from waiting join free using (base, place) order by slug, key
        )
        update %1$s s set slug = granted.slug from granted where s.%2$s = granted.key
        """
        .formatted(stage, key, waiting);
  }
}
