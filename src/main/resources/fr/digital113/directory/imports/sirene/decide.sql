-- Decides about the company of every unit in register_loaded, before anything is written.

create temporary table register_decision on commit drop as
with company_known as (
  select distinct on (siren) siren, id, siret, source, publication,
    source = 'cluster' or exists (select from membership m where m.company = found.id)
      or exists (select from factory_lead f where f.company = found.id) as kept
  from (
    select l.siren, c.id, c.siret, c.source, c.publication, 1 as preference
    from register_loaded l join company c on c.siren = l.siren
    union all
    select l.siren, c.id, c.siret, c.source, c.publication, 2
    from register_loaded l join company c on c.siren is null and left(c.siret, 9) = l.siren) found
  order by siren, preference, id
), place as (
  select e.*, k.commune as commune_today, not e.closed and k.commune is not null as usable,
    coalesce(e.head, false) or coalesce(right(e.siret, 5) = u.head_nic, false) as is_head
  from register_loaded l
  join register_establishment e on e.siren = l.siren
  left join register_unit u on u.siren = l.siren
  left join known_commune k on k.code = e.commune
  where not e.siret = any (l.masked_sirets)
), head_office as (
  select distinct on (siren) siren, siret, closed from place where is_head order by siren, closed, siret
), retained as (
  -- The head office, else the establishment with the smallest SIRET: numbers are given in order, so the oldest one that
  -- is still open, and the same one at every load whatever the order of the file.
  select distinct on (siren) * from place where usable order by siren, is_head desc, siret
), facts as (
  select l.siren, l.masked, l.masked_sirets, l.id as fresh_id,
    k.id as known_id, k.siret as previous_siret, coalesce(k.siret = any (l.masked_sirets), false) as place_masked, k.publication, coalesce(k.kept, false) as kept,
    u.siren is not null as unit_known,
    u.closed or r.siret is null as gone,
    case when k.kept then coalesce(h.siret, r.siret) else r.siret end as retained,
    u.name, u.slug, u.legal_name, u.size_class, u.founded_year, u.naf as naf_rev2, u.naf_2025,
    r.commune_today as commune, r.address, r.postal_code, r.latitude, r.longitude,
    greatest(u.source_date, r.source_date) as source_date,
    case
      when l.masked is not null then l.masked
      when u.siren is null then 'awaiting_unit'
      when u.closed then 'closed'
      when k.kept then null
      when u.name is null then 'no_name'
      -- A company that must leave a masked place does, whatever this load asks for.
      when not (s.any_naf or coalesce(k.siret = any (l.masked_sirets), false)
        or coalesce(u.naf in (select code from register_scope_naf where nomenclature = 'NAFRev2'), false)
        or coalesce(u.naf_2025 in (select code from register_scope_naf where nomenclature = 'NAF2025'), false))
        then 'outside_naf_scope'
      when r.siret is null and h.siret is null then 'awaiting_establishment'
      when r.siret is null and h.closed then 'closed'
      when r.siret is null then 'outside_region'
      when s.territory is not null and s.territory <> r.commune_today
        and coalesce(k.siret <> all (l.masked_sirets), true) and not exists (
        select from territory_within w where w.territory = r.commune_today and w.container = s.territory)
        then 'outside_territory'
    end as obstacle
  from register_loaded l
  cross join register_scope s
  left join register_unit u on u.siren = l.siren
  left join head_office h on h.siren = l.siren
  left join retained r on r.siren = l.siren
  left join company_known k on k.siren = l.siren
)
select f.siren, f.masked, f.masked_sirets, f.place_masked, coalesce(f.known_id, f.fresh_id) as id, f.known_id is not null as known, f.kept,
  f.publication, f.previous_siret, f.unit_known, f.gone, f.obstacle, f.retained,
  case when taken.id is null then f.retained end as siret,
  f.name, f.slug, f.legal_name, f.commune, f.address, f.postal_code, f.latitude, f.longitude, f.founded_year, f.source_date,
  coalesce(z.code, 'NN') as size_class,
  coalesce(n.code, n25.code) as naf, coalesce(n.nomenclature, n25.nomenclature) as naf_nomenclature,
  case when f.obstacle is null then array(
    select distinct sn.sector from sector_naf sn
    where sn.nomenclature = 'NAFRev2' and sn.code = f.naf_rev2 or sn.nomenclature = 'NAF2025' and sn.code = f.naf_2025
    order by sn.sector) end as sectors
from facts f
left join company taken on taken.siret = f.retained and taken.id is distinct from f.known_id
left join size_class z on z.code = f.size_class
left join naf n on n.nomenclature = 'NAFRev2' and n.code = f.naf_rev2
left join naf n25 on n25.nomenclature = 'NAF2025' and n25.code = f.naf_2025;

alter table register_decision add primary key (siren);
analyze register_decision;

-- What was really written, for the report.
create temporary table register_changed (siren text primary key, outcome text not null) on commit drop;

create temporary table register_new (siren text primary key, base text not null, slug text unique) on commit drop;
insert into register_new (siren, base) select siren, slug from register_decision where not known and obstacle is null;
