-- Forgets what the register no longer lets anyone publish: in the directory, in staging, and in the log at commit.

-- A company known from the register alone goes altogether, as does one whose place is masked and that has no other.
create temporary table register_purged on commit drop as
select siren, id from register_decision
where known and not kept
  and (masked is not null or place_masked and obstacle is not null);

delete from company c using register_purged p where c.id = p.id;
insert into register_changed select siren, 'updated' from register_purged on conflict do nothing;
select erase_history_at_commit('company', id::text) from register_purged;

-- A company of the same unit that went before leaves only its log behind.
select erase_history_at_commit('company', past.id)
from (select distinct a.id
      from register_decision d
      join audit_image a on a.type = 'company' and a.document ->> 'siren' = d.siren
      where d.masked is not null and not exists (select from company c where c.id::text = a.id)) past;

-- One that moved away from a masked branch goes on, without its past.
delete from company_state s using register_decision d
where s.company = d.id and s.valid_to is not null and d.known and not d.kept and d.masked is null
  and d.place_masked and d.obstacle is null;
select erase_history_at_commit('company', id::text) from register_decision
where known and not kept and place_masked and obstacle is null;

-- A member's entry, or one of the cluster, stays less what it still has from the register. Of a masked branch, its place.
create temporary table register_cleared on commit drop as
select d.siren, c.id, keys
from register_decision d
join company c on c.id = d.id
join register_unit u on u.siren = d.siren
cross join lateral (select array(
  select key from (values
    ('legalName', c.legal_name, false), ('naf', c.naf, false), ('foundedYear', c.founded_year::text, false),
    ('sizeClass', case when c.headcount is null then nullif(c.size_class, 'NN') end, false),
    ('siret', c.siret, true), ('address', c.address, true), ('postalCode', c.postal_code, true),
    ('latitude', c.latitude::text, true), ('longitude', c.longitude::text, true)) entry (key, value, of_place)
  where u.filled ->> key = value and (d.masked is not null or of_place)) as keys) found
where d.known and d.kept and keys <> '{}'
  and (d.masked is not null or u.filled ->> 'siret' = any (d.masked_sirets));

-- A location is one value of two columns.
update register_cleared set keys = array_cat(array_remove(array_remove(keys, 'latitude'), 'longitude'),
  case when keys @> '{latitude,longitude}' then '{latitude,longitude}'::text[] else '{}' end);

update company c set
  legal_name = case when 'legalName' = any (keys) then null else legal_name end,
  naf = case when 'naf' = any (keys) then null else naf end,
  naf_nomenclature = case when 'naf' = any (keys) then null else naf_nomenclature end,
  founded_year = case when 'foundedYear' = any (keys) then null else founded_year end,
  size_class = case when 'sizeClass' = any (keys) then 'NN' else size_class end,
  siret = case when 'siret' = any (keys) then null else siret end,
  address = case when 'address' = any (keys) then null else address end,
  postal_code = case when 'postalCode' = any (keys) then null else postal_code end,
  latitude = case when 'latitude' = any (keys) then null else latitude end,
  longitude = case when 'longitude' = any (keys) then null else longitude end
from register_cleared k where k.id = c.id;
update company_state s set size_class = 'NN'
from register_cleared k where k.id = s.company and 'sizeClass' = any (keys) and s.headcount is null;
insert into register_changed select siren, 'updated' from register_cleared on conflict do nothing;
select erase_history_at_commit('company', id::text, keys) from register_cleared;

-- What members proposed for the place that is masked now repeats it, accepted or not.
delete from proposal p using register_cleared k where p.company = k.id and p.topic = 'address';
delete from proposal p using register_decision d
where p.company = d.id and p.topic = 'address' and (d.place_masked or d.masked is not null);

delete from register_establishment e using register_decision d
where e.siren = d.siren and (d.masked is not null or d.siren in (select siren from register_purged));
delete from register_unit u using register_decision d
where u.siren = d.siren and (d.masked is not null or d.siren in (select siren from register_purged));
