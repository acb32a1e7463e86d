-- What PostgreSQL answers the same pages from: one flat table with the finished body, the filters as numbers, and the
-- indexes that suit these very pages. Kinder to PostgreSQL than any normalised schema is.
create schema if not exists bench;
create table bench.sector (n serial primary key, slug text not null unique);
insert into bench.sector (slug) select slug from sector order by slug;
create table bench.page as
select p.id::uuid as id, lower(p.document ->> 'name') collate "C" as name_key,
  (p.document #>> '{membership,joinedOn}')::date as joined,
  array(select s.n from bench.sector s where p.document -> 'sectors' ? s.slug) as sectors,
  d.code::integer as departement,
  array_position(array['digitalplace', 'frenchsouth-digital', 'digital113'], p.document #>> '{membership,origin}') as origin,
  p.document::text as body
from public_change p
left join lateral (
  select t.code from territory_within w join territory t on t.code = w.container and t.level = 'departement'
  where w.territory = p.document ->> 'commune' limit 1) d on true
where p.type = 'company' and p.document #>> '{membership,status}' = 'member'
  and p.revision = (select max(l.revision) from public_change l where l.type = 'company' and l.id = p.id);
alter table bench.page add primary key (id);
create index on bench.page using gin (sectors);
create index on bench.page (departement, name_key, id);
create index on bench.page (origin, name_key, id);
create index on bench.page (name_key, id);
create index on bench.page (joined);
vacuum analyze;
