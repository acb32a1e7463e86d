-- A file of members by COPY into a bare table, then the same constraints, and the tables of many to many with theirs.
drop schema if exists bench_import cascade;
create schema bench_import;
set search_path = bench_import, public;
create table file (
  slug text, name text, legal_name text, description_fr text, description_en text, website text, email text, commune text,
  address text, postal_code text, latitude double precision, longitude double precision, sectors text, naf text,
  naf_nomenclature text, founded_year integer, headcount integer, size_class text, hiring boolean, export_markets text,
  origin text, joined_on date, left_on date, publication text);
\copy file from pstdin (format csv, header)
alter table file add column id uuid not null default gen_random_uuid();
alter table file add primary key (id), add unique (slug),
  add check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^\d+$' and length(slug) <= 500),
  add check (name <> '' and length(name) <= 200), alter name set not null, add check (length(legal_name) <= 300),
  add check (length(description_fr) <= 20000), add check (length(description_en) <= 20000),
  add check (website ~ '^https?://' and length(website) <= 2000), add check (length(email) <= 254),
  alter commune set not null, add foreign key (commune) references territory,
  add check (length(address) <= 300), add check (postal_code ~ '^\d{5}$'),
  add check (latitude between -90 and 90), add check (longitude between -180 and 180),
  add foreign key (naf_nomenclature, naf) references naf (nomenclature, code) match full,
  add check (founded_year between 1600 and 2100), add check (headcount >= 0),
  add foreign key (size_class) references size_class, alter hiring set not null,
  add check (publication in ('draft', 'published', 'archived')), add check ((latitude is null) = (longitude is null)),
  add check (headcount is null or headcount > 0 or size_class in ('00', 'NN'));
create index on file (commune);
create table file_sector as
  select f.id as company, s.sector, s.position from file f cross join unnest(string_to_array(f.sectors, '|')) with ordinality s (sector, position);
alter table file_sector add primary key (company, sector), add foreign key (company) references file,
  add foreign key (sector) references sector;
create index on file_sector (sector);
create table file_market as
  select f.id as company, m as market from file f cross join unnest(string_to_array(f.export_markets, '|')) m;
alter table file_market add primary key (company, market), add foreign key (company) references file,
  add check (market ~ '^[A-Z]{2}$');
create table file_membership as select id as company, joined_on, left_on, origin from file where joined_on is not null;
alter table file_membership add primary key (company, joined_on), add foreign key (company) references file,
  add check (left_on > joined_on), add check (origin in ('digitalplace', 'frenchsouth-digital', 'digital113')),
  add exclude using gist (company with =, daterange(joined_on, left_on) with &&);
analyze file, file_sector, file_market, file_membership;
