package fr.digital113.directory.imports;

import org.jdbi.v3.core.Handle;

/** Names the staged companies that are new. */
final class MemberSlugs {

  private MemberSlugs() {}

  /** The free slug nearest to the name: the name itself, or with -2, -3... */
  static void nameNewCompanies(Handle database) {
    database.execute(
        """
        update staged_member s set number = f.number
        from (
          select r.line, row_number() over (partition by r.base order by r.line)
            + case when exists (select from company c where c.slug = r.base) then coalesce(t.taken, 1) else 0 end as number
          from staged_member r
          left join (select regexp_replace(slug, '-[0-9]+$', '') as base, count(*) as taken
                     from company group by 1) t on t.base = r.base
          where r.company is null and r.slug is null) f
        where f.line = s.line
        """);
    setSlugs(database);
    database.execute(MemberMerge.ANALYZE);
    while (moveOnFromTakenSlugs(database) > 0) {
      setSlugs(database);
    }
  }

  /** Of the rows with one slug, those that name it themselves come first, then the earliest. */
  private static int moveOnFromTakenSlugs(Handle database) {
    return database.execute(
        """
        update staged_member s set number = s.number + 1
        from (
          select line, slug, row_number() over (partition by slug order by number is not null, line) > 1 as taken
          from staged_member where slug is not null) r
        left join company c on c.slug = r.slug
        where s.line = r.line and s.company is null and s.number is not null
          and (r.taken or c.id is not null)
        """);
  }

  private static void setSlugs(Handle database) {
    database.execute(
        """
        update staged_member set slug = base || case number when 1 then '' else '-' || number end
        where number is not null
          and slug is distinct from base || case number when 1 then '' else '-' || number end
        """);
  }
}
