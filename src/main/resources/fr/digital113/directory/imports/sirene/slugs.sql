with candidate as (
  select siren, case n when 1 then base else base || '-' || n end as slug, tried + waiting as tried
  from (select siren, base, tried, tried + row_number() over (partition by base order by siren) as n,
          count(*) over (partition by base) as waiting
        from register_new where slug is null) numbered
), free as (
  select distinct on (slug) siren, slug from candidate
  where not exists (select from company c where c.slug = candidate.slug)
    and not exists (select from register_new o where o.slug = candidate.slug)
  order by slug, siren
)
update register_new w set slug = free.slug, tried = candidate.tried
from candidate left join free using (siren)
where w.siren = candidate.siren
