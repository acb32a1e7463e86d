-- Published vintages of the official tables. One is asked for, computed beside everything else, and then published or
-- refused; what is published never changes.

create table vintage (
  id           text primary key,
  as_of        date not null,
  correction   integer not null default 0 check (correction between 0 and 99),
  status       text not null default 'preparing' check (status in ('preparing', 'published', 'refused')),
  interim      boolean not null default false,
  requested_at timestamptz not null default clock_timestamp(),
  published_at timestamptz,
  content      text check (length(content) <= 5000000),
  checksum     text check (checksum ~ '^[0-9a-f]{64}$'),
  report       text check (length(report) <= 20000),
  unique (as_of, correction),
  check (id = to_char(as_of, 'YYYY-MM-DD') || case when correction = 0 then '' else '-' || correction end),
  check ((status = 'published') = (content is not null and checksum is not null and published_at is not null))
);
comment on column vintage.correction is '0 for the first of a day; each later one replaces the one before.';
comment on column vintage.interim is
  'Tells what is unchanged since the vintages before and withholds all else, so that joiners gather until the next full one.';
comment on column vintage.content is 'What is published, byte for byte; the checksum is its SHA-256.';
comment on column vintage.report is 'What the auditor found. For the team: it names companies.';

create function keep_vintage() returns trigger language plpgsql as $$
begin
  if old.status = 'published' then
    raise exception 'vintage % is published: it never changes, a correction is a new one', old.id
      using errcode = 'check_violation', constraint = 'vintage_is_kept';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_vintage before update or delete on vintage for each row execute function keep_vintage();
alter table vintage enable always trigger keep_vintage;
insert into required_trigger values ('vintage', 'keep_vintage');

-- What the figures of a vintage were made of: everything that the next one must not give away. It stays when a company is
-- deleted or the map changes: the figures that were published do, too.
create table vintage_company (
  vintage      text not null references vintage on delete cascade,
  company      uuid not null,
  departements text[] not null,
  epcis        text[] not null,
  named_places text[] not null,
  size_class   text not null,
  sectors      text[] not null,
  origin       text not null,
  joined_on    date not null,
  headcount    integer,
  since        date,
  primary key (vintage, company)
);
comment on table vintage_company is 'Confidential.';
comment on column vintage_company.since is 'When the headcount was last another one; null when it never was.';

create view vintage_document as
select v.id,
  jsonb_build_object('asOf', v.as_of, 'correction', v.correction, 'status', v.status, 'publishedAt', v.published_at,
    'checksum', v.checksum, 'content', v.content) as document,
  case when v.status = 'published' then
    jsonb_build_object('asOf', v.as_of, 'correction', v.correction, 'publishedAt', v.published_at,
      'checksum', v.checksum, 'content', v.content) end as public_document
from vintage v;
insert into aggregate_type values ('vintage', 'vintage_document');
call log_changes_of('vintage', 'vintage', 'id');

-- Who read figures on jobs that are not suppressed.
create table confidential_read (
  id      bigint generated always as identity primary key,
  at      timestamptz not null default now(),
  actor   text not null,
  request text not null check (length(request) <= 10000)
);
create index confidential_read_at on confidential_read (at);

-- A company that is deleted and put back as it was, in one transaction, has no new image, but its history is gone with the
-- row: the state has to be kept whether there is an image or not.
do $$
declare
  definition text := pg_get_functiondef('take_revision()'::regprocedure);
  mended text := replace(definition, 'kind.type = ''company'' and images > 0', 'kind.type = ''company''');
begin
  if mended = definition then
    raise exception 'take_revision is another than this migration knows';
  end if;
  execute mended;
end $$;

-- A past day is counted over all companies: which state is the first of its company is noted, and who is not published can be
-- found without reading every row.
alter table company_state add column first boolean not null default false;
comment on column company_state.first is 'Holds for the days before it as well.';
update company_state s set first = true
  where not exists (select from company_state e where e.company = s.company and e.valid_from < s.valid_from);
create function note_first_state() returns trigger language plpgsql as $$
begin
  new.first := not exists (select from company_state s where s.company = new.company and s.valid_from < new.valid_from);
  return new;
end $$;
create trigger note_first_state before insert on company_state for each row execute function note_first_state();
alter table company_state enable always trigger note_first_state;
insert into required_trigger values ('company_state', 'note_first_state');
create index company_not_published on company (id) include (publication) where publication <> 'published';
