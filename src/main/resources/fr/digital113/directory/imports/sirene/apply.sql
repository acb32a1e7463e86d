-- Applies register_decision. Rows that would not change are not touched, so they take no revision.

with created as (
  insert into company (id, slug, name, legal_name, siren, siret, commune, address, postal_code, latitude, longitude,
    naf, naf_nomenclature, founded_year, size_class, publication, source, source_date)
  select d.id, w.slug, d.name, d.legal_name, d.siren, d.siret, d.commune, d.address, d.postal_code, d.latitude, d.longitude,
    d.naf, d.naf_nomenclature, d.founded_year, d.size_class, 'published', 'register', d.source_date
  from register_new w join register_decision d using (siren)
  returning siren)
insert into register_changed select siren, 'created' from created;

-- A company that the register had withdrawn comes back; one that the team archived does not.
with updated as (
  update company c set name = d.name, legal_name = d.legal_name, siret = d.siret, commune = d.commune, address = d.address,
    postal_code = d.postal_code, latitude = d.latitude, longitude = d.longitude, naf = d.naf,
    naf_nomenclature = d.naf_nomenclature, founded_year = d.founded_year, size_class = d.size_class,
    source_date = d.source_date, publication = d.publication
  from (
    select d.siren, d.id, d.name, d.legal_name, d.siret, d.commune, d.address, d.postal_code, d.latitude, d.longitude,
      d.naf, d.naf_nomenclature, d.founded_year, d.source_date,
      case when c.headcount is null then d.size_class else c.size_class end as size_class,
      case when u.withdrawn and c.publication = 'archived' then 'published' else c.publication end as publication
    from register_decision d join company c on c.id = d.id join register_unit u on u.siren = d.siren
    where d.known and not d.kept and d.obstacle is null) d
  where c.id = d.id
    and (c.name, c.legal_name, c.siret, c.commune, c.address, c.postal_code, c.latitude, c.longitude, c.naf,
      c.naf_nomenclature, c.founded_year, c.size_class, c.source_date, c.publication)
    is distinct from (d.name, d.legal_name, d.siret, d.commune, d.address, d.postal_code, d.latitude, d.longitude, d.naf,
      d.naf_nomenclature, d.founded_year, d.size_class, d.source_date, d.publication)
  returning d.siren)
insert into register_changed select siren, 'updated' from updated;

update register_unit u set withdrawn = false
from register_decision d where d.siren = u.siren and d.obstacle is null and not d.kept and u.withdrawn;

-- The sectors of a company of the register are those of its NAF codes.
with differing as (
  select d.siren, d.id, d.sectors
  from register_decision d
  join company c on c.id = d.id and c.siren = d.siren
  where d.obstacle is null and not d.kept
    and d.sectors is distinct from array(
      select s.sector from company_sector s where s.company = d.id order by s.position, s.sector)
), removed as (
  delete from company_sector s using differing where s.company = differing.id and s.sector <> all (differing.sectors)
), added as (
  insert into company_sector (company, sector, position)
  select differing.id, sector.slug, sector.position - 1
  from differing, unnest(differing.sectors) with ordinality as sector (slug, position)
  on conflict (company, sector) do update set position = excluded.position
)
insert into register_changed select siren, 'updated' from differing on conflict do nothing;

-- What the register gave is noted: should the company become a member and its unit be masked, it can be taken back.
update register_unit u set filled = jsonb_strip_nulls(jsonb_build_object('legalName', d.legal_name, 'siret', d.siret, 'naf', d.naf,
  'address', d.address, 'postalCode', d.postal_code, 'latitude', d.latitude, 'longitude', d.longitude,
  'foundedYear', d.founded_year, 'sizeClass', d.size_class))
from register_decision d join register_changed ch using (siren)
where d.siren = u.siren and d.obstacle is null and not d.kept;

-- An entry of the cluster keeps all its values; only what it lacks is filled, and noted.
create temporary table register_filled on commit drop as
select d.siren, d.id,
  case when c.siret is null then d.siret end as siret,
  case when c.naf is null then d.naf end as naf,
  case when c.naf is null then d.naf_nomenclature end as naf_nomenclature,
  case when c.legal_name is null then d.legal_name end as legal_name
from register_decision d join company c on c.id = d.id
where d.known and d.kept and d.obstacle is null
  and (c.siret is null and d.siret is not null or c.naf is null and d.naf is not null
    or c.legal_name is null and d.legal_name is not null);

update company c set siret = coalesce(c.siret, f.siret), naf = coalesce(c.naf, f.naf),
  naf_nomenclature = coalesce(c.naf_nomenclature, f.naf_nomenclature), legal_name = coalesce(c.legal_name, f.legal_name)
from register_filled f where f.id = c.id;

update register_unit u set filled = u.filled || jsonb_strip_nulls(
  jsonb_build_object('siret', f.siret, 'naf', f.naf, 'legalName', f.legal_name))
from register_filled f where f.siren = u.siren;

insert into register_changed select siren, 'updated' from register_filled;

-- Closed, or without a place in the region any more. What the team keeps as a draft stays one.
with archived as (
  update company c set publication = 'archived'
  from register_decision d
  where c.id = d.id and d.known and not d.kept and d.masked is null and d.unit_known and d.gone and c.publication = 'published'
    and not d.place_masked
  returning d.siren
), noted as (
  update register_unit u set withdrawn = true from archived where u.siren = archived.siren
)
insert into register_changed select siren, 'updated' from archived on conflict do nothing;
