-- The content of the directory. Invariants that must hold whoever writes are here, not only in the program.

-- The day in Europe/Paris: memberships start and end on local days. It is that of the statement, not of the start of the
-- transaction, which may be of the day before; while the log is written it is at least the day that take_revision (V3)
-- sets. A session may set a later day, never an earlier one. Stable and inlined, as views ask for it in every row.
create function directory_today() returns date language sql stable
  return greatest((statement_timestamp() at time zone 'Europe/Paris')::date,
                  nullif(current_setting('directory.day', true), '')::date);

-- A loop: the same as one query takes ten times as long, for every row that is written.
create function passes_luhn(digits text) returns boolean language plpgsql immutable strict as $$
declare
  sum integer := 0;
  digit integer;
begin
  for i in 1 .. length(digits) loop
    digit := substr(digits, i, 1)::integer;
    sum := sum + case when (length(digits) - i) % 2 = 1 then digit * 2 / 10 + digit * 2 % 10 else digit end;
  end loop;
  return sum % 10 = 0;
end $$;

create function is_siren(value text) returns boolean language sql immutable strict
  return case when value ~ '^\d{9}$' then passes_luhn(value) else false end;

-- Establishments of La Poste do not follow Luhn: the sum of their digits divides by 5 (Insee).
create function is_siret(value text) returns boolean language sql immutable strict
  return case
    when value !~ '^\d{14}$' then false
    when passes_luhn(value) then true
    when value like '356000000%' then
      (select sum(substr(value, i, 1)::integer) % 5 = 0 from generate_series(1, 14) i)
    else false end;

-- Lengths are bounded everywhere, as the index refuses a term of more than 32,766 bytes.
create table sector (
  slug     text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 500),
  label_fr text not null check (length(label_fr) <= 200),
  label_en text not null check (length(label_en) <= 200)
);

create table sector_naf (
  sector       text not null references sector on delete cascade,
  nomenclature text not null,
  code         text not null,
  primary key (sector, nomenclature, code),
  foreign key (nomenclature, code) references naf
);
create index sector_naf_code on sector_naf (nomenclature, code);

create function are_countries(codes text[]) returns boolean language sql immutable strict
  return (cardinality(codes) = 0 or array_ndims(codes) = 1)
    and (select coalesce(bool_and(coalesce(code ~ '^[A-Z]{2}$', false)), true) from unnest(codes) code);

-- An object of http(s) addresses by the name of the network.
create function are_social_links(links jsonb) returns boolean language sql immutable strict
  return case when jsonb_typeof(links) <> 'object' then false else (
    select coalesce(bool_and(key ~ '^[a-z]{1,50}$' and jsonb_typeof(value) = 'string'
      and value #>> '{}' ~ '^https?://' and length(value #>> '{}') <= 2000), true)
    from jsonb_each(links)) end;

create table company (
  id               uuid primary key,
  slug             text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^\d+$' and length(slug) <= 500),
  name             text not null check (name <> '' and length(name) <= 200),
  legal_name       text check (length(legal_name) <= 300),
  siren            text unique check (is_siren(siren)),
  siret            text unique check (is_siret(siret)),
  description_fr   text check (length(description_fr) <= 20000),
  description_en   text check (length(description_en) <= 20000),
  website          text check (website ~ '^https?://' and length(website) <= 2000),
  email            text check (length(email) <= 254),
  phone            text check (length(phone) <= 200),
  commune          text not null references territory deferrable initially deferred,
  address          text check (length(address) <= 300),
  postal_code      text check (postal_code ~ '^\d{5}$'),
  latitude         double precision check (latitude between -90 and 90),
  longitude        double precision check (longitude between -180 and 180),
  naf              text,
  naf_nomenclature text,
  founded_year     integer check (founded_year between 1600 and 2100),
  headcount        integer check (headcount >= 0),
  size_class       text not null default 'NN' references size_class,
  hiring           boolean not null default false,
  export_markets   text[] not null default '{}' check (are_countries(export_markets)),
  logo             text check (logo ~ '^https?://' and length(logo) <= 2000),
  social           jsonb not null default '{}' check (are_social_links(social)),
  publication      text not null default 'draft' check (publication in ('draft', 'published', 'archived')),
  source           text not null check (source in ('cluster', 'register')),
  source_date      date not null default directory_today(),
  foreign key (naf_nomenclature, naf) references naf (nomenclature, code) match full deferrable initially deferred,
  check ((latitude is null) = (longitude is null)),
  check (siret is null or siren is null or left(siret, 9) = siren),
  check (headcount is null or headcount > 0 or size_class in ('00', 'NN'))
);
create index company_commune on company (commune);
create index company_id_text on company ((id::text));
comment on column company.headcount is 'Confidential. The public sees size_class.';
comment on column company.source is 'cluster: kept by the team and the member; register: known from Sirene alone.';

create function check_size_class() returns trigger language plpgsql as $$
begin
  -- A known headcount decides its class. Zero employees may be 00 or NN (Insee uses both).
  if new.headcount > 0 or (new.headcount = 0 and new.size_class not in ('00', 'NN')) then
    new.size_class := size_class_of(new.headcount);
  end if;
  return new;
end $$;
create trigger company_size_class before insert or update of headcount, size_class on company
  for each row execute function check_size_class();
alter table company enable always trigger company_size_class;

create table company_sector (
  company  uuid not null references company on delete cascade,
  sector   text not null references sector,
  position integer not null,
  primary key (company, sector)
);
create index company_sector_sector on company_sector (sector);

-- For the rule that memberships do not overlap. A trusted extension: the owner of the database may create it.
create extension if not exists btree_gist;

create table membership (
  company   uuid not null references company,
  joined_on date not null,
  left_on   date,
  origin    text not null check (origin in ('digitalplace', 'frenchsouth-digital', 'digital113')),
  primary key (company, joined_on),
  check (left_on > joined_on),
  constraint membership_no_overlap exclude using gist (company with =, daterange(joined_on, left_on) with &&)
);
comment on table membership is 'A company is a member from joined_on (included) to left_on (excluded). Rows are history and stay.';

create function is_member(company uuid, day date) returns boolean language sql stable
  return exists (select from membership m
    where m.company = $1 and m.joined_on <= day and (m.left_on is null or m.left_on > day));

-- What statistics need of a company on a past day. Kept by the change log (V3) for every writer.
create table company_state (
  company    uuid not null references company on delete cascade,
  valid_from date not null,
  valid_to   date,
  commune    text not null,
  size_class text not null,
  headcount  integer,
  sectors    text[] not null,
  primary key (company, valid_from),
  check (valid_to > valid_from)
);
create unique index company_state_one_open on company_state (company) where valid_to is null;
comment on table company_state is 'Dated history, [valid_from, valid_to). The first known state is taken to hold before it as well.';

create table factory (
  id         uuid primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^\d+$' and length(slug) <= 500),
  name       text not null check (name <> '' and length(name) <= 200),
  mission_fr text check (length(mission_fr) <= 20000),
  mission_en text check (length(mission_en) <= 20000),
  status     text not null default 'forming' check (status in ('forming', 'active', 'needs_lead', 'closed'))
);
create index factory_id_text on factory ((id::text));

create table factory_sector (
  factory  uuid not null references factory on delete cascade,
  sector   text not null references sector,
  position integer not null,
  primary key (factory, sector)
);
create index factory_sector_sector on factory_sector (sector);

create table factory_lead (
  factory  uuid not null references factory on delete cascade,
  company  uuid not null references company,
  since    date not null,
  until    date,
  primary key (factory, company, since),
  check (until >= since)
);
create unique index factory_lead_current on factory_lead (factory, company) where until is null;
create index factory_lead_company on factory_lead (company);
comment on table factory_lead is 'The pair that leads a Factory. until is null for the leads of today; ended rows are history.';

create table factory_participant (
  factory uuid not null references factory on delete cascade,
  company uuid not null references company on delete cascade,
  primary key (factory, company)
);
create index factory_participant_company on factory_participant (company);

create table cluster (
  slug     text primary key,
  name     text not null,
  document jsonb not null
);
comment on table cluster is 'One row. document: the published facts, shaped as GET /v1/cluster serves them.';

-- A Factory is led by exactly two different member companies while it is active, and by at most two at any time.
-- The row lock makes two transactions that touch one Factory check one after the other.
create function check_factory_leads(checked uuid) returns void language plpgsql as $$
declare
  state text;
  leads integer;
  members integer;
begin
  select status into state from factory where id = checked for update;
  if not found then return; end if;
  select count(*), count(*) filter (where is_member(company, directory_today()))
    into leads, members from factory_lead where factory = checked and until is null;
  if leads > 2 then
    raise exception 'factory % has % leads, at most two are allowed', checked, leads
      using errcode = 'check_violation', constraint = 'factory_two_leads';
  end if;
  if state = 'active' and members <> 2 then
    raise exception 'active factory % needs two leads from two member companies, it has %', checked, members
      using errcode = 'check_violation', constraint = 'factory_two_leads';
  end if;
end $$;

-- Ends the leads that are no longer members; an active Factory left with fewer than two needs a lead.
create function settle_factory_leads(checked uuid) returns void language plpgsql as $$
begin
  perform from factory where id = checked for update;
  update factory_lead set until = greatest(since, directory_today())
    where factory = checked and until is null and not is_member(company, directory_today());
  update factory set status = 'needs_lead'
    where id = checked and status = 'active'
      and (select count(*) from factory_lead where factory = checked and until is null) < 2;
  perform check_factory_leads(checked);
end $$;

create function factory_changed() returns trigger language plpgsql as $$
begin
  perform check_factory_leads(new.id);
  return null;
end $$;

create function factory_lead_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.until is null and not is_member(new.company, directory_today()) then
    raise exception 'company % is not a member: it cannot lead factory %', new.company, new.factory
      using errcode = 'check_violation', constraint = 'factory_lead_is_member';
  end if;
  if tg_op <> 'INSERT' then perform settle_factory_leads(old.factory); end if;
  if tg_op <> 'DELETE' then perform settle_factory_leads(new.factory); end if;
  return null;
end $$;

-- Locking the company makes a lead that is being added at the same time (its foreign key) wait, and be checked.
create function membership_changed() returns trigger language plpgsql as $$
begin
  perform from company where id = old.company for update;
  perform settle_factory_leads(factory) from factory_lead
    where company = old.company and until is null order by factory;
  return null;
end $$;

create constraint trigger factory_changed after insert or update on factory
  deferrable initially deferred for each row execute function factory_changed();
create constraint trigger factory_lead_changed after insert or update or delete on factory_lead
  deferrable initially deferred for each row execute function factory_lead_changed();
create constraint trigger membership_changed after update or delete on membership
  deferrable initially deferred for each row execute function membership_changed();
alter table factory enable always trigger factory_changed;
alter table factory_lead enable always trigger factory_lead_changed;
alter table membership enable always trigger membership_changed;
