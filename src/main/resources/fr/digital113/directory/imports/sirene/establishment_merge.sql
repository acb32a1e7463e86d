-- Stages the establishments of establishment_row.

-- One row of an establishment counts: one that masks it, then the last processed, then the first.
update establishment_row set verdict = 'duplicate_row'
from (select line, row_number() over (partition by siret order by masked desc, processed desc nulls last, line) as place
      from establishment_row) ranked
where ranked.line = establishment_row.line and ranked.place > 1;

update establishment_row r set verdict = 'outdated'
from register_establishment e
where e.siret = r.siret and r.processed < e.processed and r.verdict is null and not r.masked;

-- Where each code of a commune is, once per code.
create temporary table register_place on commit drop as
select code, case
    when current_commune(code) is not null then 'inside'
    when exists (select from territory where level = 'departement' and territory.code = left(codes.code, 2)) then 'unknown_commune'
    else 'outside_region' end as place
from (select distinct commune as code from establishment_row where commune is not null) codes;

-- A place outside the territory asked for is not staged, else a later load without a territory would make a company of it.
-- That of a company of the directory is: what this load does not ask for must not look like a company without a place.
update establishment_row r set verdict = 'outside_territory'
from register_scope s
where s.territory is not null and r.verdict is null and not r.masked
  and current_commune(r.commune) is not null and current_commune(r.commune) <> s.territory
  and not exists (select from territory_within w
    where w.territory = current_commune(r.commune) and w.container = s.territory)
  and not exists (select from register_establishment e where e.siret = r.siret)
  and not exists (select from company c where c.siren = r.siren)
  and not exists (select from company c where c.siren is null and left(c.siret, 9) = r.siren);

analyze establishment_row;
analyze register_place;

create temporary table establishment_news on commit drop as
select r.*, p.place is not distinct from 'inside' and not r.closed as usable
from establishment_row r left join register_place p on p.code = r.commune
where r.verdict is null;

-- A place that cannot be used is kept only as the head office, which tells where the company is instead.
delete from register_establishment e using establishment_news r
where e.siret = r.siret and (r.masked or not r.usable and r.head is false);

insert into register_establishment as e
  (siret, siren, head, closed, commune, address, postal_code, latitude, longitude, processed, source_date)
select r.siret, r.siren, r.head, r.closed,
  case when p.place = 'inside' then r.commune end,
  case when r.usable then r.address end, case when r.usable then r.postal_code end,
  case when r.usable then r.latitude end, case when r.usable then r.longitude end,
  r.processed, coalesce(r.processed::date, directory_today())
from establishment_news r left join register_place p on p.code = r.commune
where not r.masked and (r.usable or r.head is not false)
on conflict (siret) do update set
  head = excluded.head, closed = excluded.closed, commune = excluded.commune, address = excluded.address,
  postal_code = excluded.postal_code, latitude = excluded.latitude, longitude = excluded.longitude,
  processed = coalesce(excluded.processed, e.processed), source_date = excluded.source_date
where (e.head, e.closed, e.commune, e.address, e.postal_code, e.latitude, e.longitude, e.processed)
  is distinct from (excluded.head, excluded.closed, excluded.commune, excluded.address, excluded.postal_code,
    excluded.latitude, excluded.longitude, coalesce(excluded.processed, e.processed));

-- A masked head office means a masked unit: both carry the same status. A masked branch hides itself only.
insert into register_loaded
select siren, (array_agg(id order by line))[1],
  case when bool_or(masked and head is not false) then 'not_diffusible' end,
  coalesce(array_agg(siret) filter (where masked), '{}')
from establishment_row where verdict is distinct from 'duplicate_row'
group by siren;
analyze register_loaded;
