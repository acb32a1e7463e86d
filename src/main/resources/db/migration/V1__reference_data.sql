-- Reference data: the official geography (Insee COG), both NAF nomenclatures and the size classes.
-- Loaded from files, once per vintage; see fr.digital113.directory.reference.ReferenceLoader.

create table reference_vintage (
  name      text primary key,
  vintage   text not null,
  checksum  text not null,
  loaded_at timestamptz not null default now()
);
comment on table reference_vintage is 'Which edition of each reference file is in the database.';

create table size_class (
  code     text primary key,
  label_fr text not null,
  label_en text not null,
  low      integer,
  high     integer,
  rank     integer not null unique
);
comment on table size_class is 'Insee trancheEffectifs. Null bounds: unknown (NN) or open (53).';

-- The class that contains a headcount. 0 employees is 00; NN stands for unknown.
create function size_class_of(headcount integer) returns text language sql stable
  return (select code from size_class
          where low <= headcount and (high is null or high >= headcount));

create table naf (
  nomenclature text not null check (nomenclature in ('NAFRev2', 'NAF2025')),
  code         text not null,
  label        text not null,
  digital      boolean not null,
  primary key (nomenclature, code)
);
comment on table naf is 'Sub-classes of both nomenclatures; digital marks the codes that a register import takes by default.';

create table territory (
  code        text primary key check (length(code) <= 20),
  level       text not null check (level in ('region', 'departement', 'epci', 'commune')),
  slug        text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 500),
  name        text not null check (length(name) <= 200),
  epci_type   text check (epci_type in ('METRO', 'CU', 'CA', 'CC')),
  population  integer not null check (population >= 0),
  latitude    double precision not null check (latitude between -90 and 90),
  longitude   double precision not null check (longitude between -180 and 180),
  postal_codes text[] not null default '{}',
  french_tech boolean not null default false,
  funder      boolean not null default false,
  named_place boolean not null default false,
  check ((level = 'epci') = (epci_type is not null))
);

-- EPCI do not nest in departements, so a territory has any number of wider ones, at every level.
create table territory_within (
  territory text not null references territory on delete cascade,
  container text not null references territory on delete cascade,
  primary key (territory, container)
);
create index territory_within_container on territory_within (container);
comment on table territory_within is 'Every wider territory that a territory lies in, wholly or in part.';

create table former_commune (
  code    text primary key,
  name    text not null check (length(name) <= 200),
  kind    text not null,
  current text not null references territory deferrable initially deferred
);
comment on table former_commune is 'Codes that files still carry after a merger, and the commune of today.';

-- The commune of today for a current or a former code; null when unknown.
create function current_commune(code text) returns text language sql stable
  return coalesce(
    (select t.code from territory t where t.code = $1 and t.level = 'commune'),
    (select f.current from former_commune f where f.code = $1));
