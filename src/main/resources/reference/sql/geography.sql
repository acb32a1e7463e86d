-- Brings the territories to the edition of the files. Only rows that differ are touched, so that the change log, and
-- every copy that follows it, sees what really changed.

-- What the files say, as rows of territory ------------------------------------------------------------------------

create temporary table staged (
  code         text primary key,
  level        text not null,
  plain_slug   text not null,
  name         text not null,
  epci_type    text,
  population   integer not null,
  latitude     numeric not null,
  longitude    numeric not null,
  postal_codes text[] not null,
  departement  text
) on commit drop;

insert into staged
select code_insee, 'commune', slug, nom, null, population::integer, latitude::numeric, longitude::numeric,
       string_to_array(coalesce(codes_postaux, ''), '|'), departement
from file_communes;

create temporary table staged_within on commit drop as
select code_insee as territory, departement as container from file_communes
union select code_insee, epci_siren from file_communes where epci_siren is not null
union select epci_siren, departement from file_communes where epci_siren is not null
union select c.code_insee, d.region from file_communes c join file_departements d on d.code = c.departement
union select c.epci_siren, d.region from file_communes c join file_departements d on d.code = c.departement
      where c.epci_siren is not null
union select code, region from file_departements;

-- The centre of a wider territory is where its people are: the mean of its communes here, weighted by population.
insert into staged
select wider.code, wider.level, wider.slug, wider.name, wider.epci_type, wider.population,
       centre.latitude, centre.longitude, '{}', null
from (
  select siren as code, 'epci' as level, slug, nom as name, type as epci_type,
         population_municipale::integer as population from file_epci
  union all
  select code, 'departement', slug, nom, null, population_municipale::integer from file_departements
  union all
  select r.code, 'region', r.slug, r.nom, null, sum(d.population_municipale::integer)
  from file_region r join file_departements d on d.region = r.code group by r.code, r.slug, r.nom
) wider
left join (
  select w.container, round(sum(s.population * s.latitude) / sum(s.population), 6) as latitude,
         round(sum(s.population * s.longitude) / sum(s.population), 6) as longitude
  from staged s join staged_within w on w.territory = s.code
  group by w.container
) centre on centre.container = wider.code;

analyze staged;
analyze staged_within;

-- Former codes, followed through every merger since: A became B, then B became C ---------------------------------

create temporary table staged_former on commit drop as
with recursive link as (
  select code_insee_ancien as code, nom as name, type as kind, code_insee_actuel as next from file_former
  union all
  -- Codes that only an earlier edition knew are still in people's files.
  select f.code, f.name, f.kind, f.current from former_commune f
  where not exists (select from file_former n where n.code_insee_ancien = f.code)
), path as (
  -- A current commune may be listed as a part of itself.
  select l.code, l.next from link l where not exists (select from staged s where s.code = l.code)
  union
  select p.code, l.next from path p join link l on l.code = p.next
  where not exists (select from staged s where s.code = p.next)
)
select l.code, l.name, l.kind, p.next as current
from path p join link l using (code) join staged s on s.code = p.next and s.level = 'commune';

create temporary table vanished on commit drop as
select t.code, t.name, t.level, f.current
from territory t left join staged_former f using (code)
where not exists (select from staged s where s.code = t.code);

do $$
declare
  orphans text;
begin
  select string_agg(code || ' ' || name, ', ' order by code) into orphans
    from vanished where level = 'commune' and current is null;
  if orphans is not null then
    raise exception 'these communes are no longer in communes-occitanie.csv, and communes-anciennes-occitanie.csv names no current commune for them: %', orphans
      using errcode = 'integrity_constraint_violation';
  end if;
  select string_agg(f.code_insee_ancien || ' -> ' || f.code_insee_actuel, ', ' order by f.code_insee_ancien) into orphans
    from file_former f
    where not exists (select from staged s where s.code = f.code_insee_ancien)
      and not exists (select from staged_former p where p.code = f.code_insee_ancien);
  if orphans is not null then
    raise exception 'these former communes of communes-anciennes-occitanie.csv lead to no commune of communes-occitanie.csv: %', orphans
      using errcode = 'integrity_constraint_violation';
  end if;
end $$;

-- A vanishing row gives its slug back to be used again. The lock holds off whoever is about to refer to it.
update territory t set slug = 'vanished-' || lower(t.code) from vanished v where v.code = t.code;

-- Slugs: a territory keeps the one it has; new ones take the shortest that is theirs alone ------------------------

create temporary table slug_candidate on commit drop as
with counted as (
  select code, level, departement, plain_slug,
         count(*) over (partition by plain_slug) as holders,
         count(*) filter (where level <> 'commune') over (partition by plain_slug) as wider_holders,
         count(*) over (partition by plain_slug, level, departement) as holders_in_departement
  from staged
)
select code, 1 as choice, plain_slug as slug from counted
where holders = 1 or level <> 'commune' and wider_holders = 1
union all
select code, 2, plain_slug || '-' || lower(departement) from counted
where level = 'commune' and holders_in_departement = 1
union all
select code, 3, plain_slug || '-' || lower(code) from counted;

insert into territory (code, level, slug, name, epci_type, population, latitude, longitude, postal_codes,
                       french_tech, funder, named_place)
select s.code, s.level, own.slug, s.name, s.epci_type, s.population, s.latitude, s.longitude, s.postal_codes,
       -- Flags are the team's to change afterwards.
       coalesce(f."frenchTech"::boolean, false), coalesce(f.funder::boolean, false), coalesce(f."namedPlace"::boolean, false)
from staged s
left join (
  select distinct on (c.code) c.code, c.slug from slug_candidate c
  where not exists (select from territory t where t.slug = c.slug)
  order by c.code, c.choice) own on own.code = s.code
left join file_flags f on f.code = s.code
where not exists (select from territory t where t.code = s.code);

update territory t
set level = s.level, name = s.name, epci_type = s.epci_type, population = s.population,
    latitude = s.latitude, longitude = s.longitude, postal_codes = s.postal_codes
from staged s
where s.code = t.code
  and (t.level, t.name, t.epci_type, t.population, t.latitude, t.longitude, t.postal_codes) is distinct from
      (s.level, s.name, s.epci_type, s.population, s.latitude::double precision, s.longitude::double precision, s.postal_codes);

-- What the team said of a vanished commune goes on to be true of its successor.
update territory t
set french_tech = t.french_tech or v.french_tech, funder = t.funder or v.funder, named_place = t.named_place or v.named_place
from (
  select g.current, bool_or(o.french_tech) as french_tech, bool_or(o.funder) as funder, bool_or(o.named_place) as named_place
  from vanished g join territory o on o.code = g.code where g.current is not null group by g.current
) v
where t.code = v.current
  and (v.french_tech and not t.french_tech or v.funder and not t.funder or v.named_place and not t.named_place);

-- Who referred to a vanished commune refers to its successor, whichever table that is ------------------------------

do $$
declare
  reference record;
begin
  for reference in
    select c.conrelid::regclass as content, a.attname as column_name
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'territory'::regclass
      and c.conrelid not in ('territory_within'::regclass, 'former_commune'::regclass)
  loop
    execute format(
      'update %1$s r set %2$I = v.current from vanished v where v.code = r.%2$I and v.current is not null',
      reference.content, reference.column_name);
  end loop;
end $$;

delete from former_commune f where not exists (select from staged_former s where s.code = f.code);
insert into former_commune as f (code, name, kind, current)
select code, name, kind, current from staged_former
on conflict (code) do update set name = excluded.name, kind = excluded.kind, current = excluded.current
  where (f.name, f.kind, f.current) is distinct from (excluded.name, excluded.kind, excluded.current);

delete from territory_within w
where not exists (select from staged_within s where s.territory = w.territory and s.container = w.container);
insert into territory_within (territory, container)
select territory, container from staged_within on conflict do nothing;

delete from territory t using vanished v where v.code = t.code;
