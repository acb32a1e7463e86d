-- The change log: one clock for every writer, SQL by hand included (docs/adr/0002).
--
-- Statement triggers note which aggregates a transaction touched. A deferred trigger, fired once per transaction at
-- commit, takes the gate, the next revision, and writes what really changed: so commit order is revision order.

create table revision (
  revision     bigint primary key,
  transaction  xid8 not null unique,
  committed_at timestamptz not null,
  actor        text not null,
  public       boolean not null
);
create index revision_public on revision (revision) where public;
comment on table revision is 'One row per committed transaction that changed content. public: the public feed has entries of it.';

create table public_change (
  revision bigint not null,
  type     text not null,
  id       text not null,
  document jsonb,
  primary key (revision, type, id)
);
create index public_change_latest on public_change (type, id, revision desc);
comment on table public_change is 'The public feed: a new public representation, or null when the item left the public.';

create table audit_image (
  revision bigint not null,
  type     text not null,
  id       text not null,
  document jsonb,
  primary key (type, id, revision)
);
comment on table audit_image is 'The private image of an aggregate after each change; null when deleted. Confidential.';

create table epoch (
  id    uuid primary key default gen_random_uuid(),
  since timestamptz not null default now()
);
insert into epoch default values;
comment on table epoch is 'One row, renewed by a restore: revisions of another epoch are refused.';

create table revision_gate ();
comment on table revision_gate is 'Only ever locked: whoever holds it may take the next revision.';

create table aggregate_type (
  type text primary key,
  view regclass not null
);
comment on table aggregate_type is 'Each type of the log and its view (id, document, public_document).';

create unlogged table touched (
  transaction xid8 not null,
  type        text not null,
  id          text not null,
  primary key (transaction, type, id)
);

create unlogged table pending_transaction (
  transaction xid8 primary key,
  stage       integer not null
);

-- Names the one who writes, for this transaction only: a value left behind by another is not believed.
create function act_as(actor text) returns void language sql
begin atomic
  select set_config('directory.actor', pg_current_xact_id()::text || ' ' || actor, true);
end;

create function acting() returns text language sql stable
  return coalesce(
    (select substr(setting, strpos(setting, ' ') + 1) from current_setting('directory.actor', true) setting
     where split_part(setting, ' ', 1) = pg_current_xact_id_if_assigned()::text),
    'database:' || session_user);

create function note_pending() returns void language sql
begin atomic
  insert into pending_transaction values (pg_current_xact_id(), 1) on conflict do nothing;
end;

-- Arguments: pairs of an aggregate type and the column that holds its id.
create function note_touched() returns trigger language plpgsql as $$
declare
  rows text := case tg_op
    when 'INSERT' then 'select * from new_rows'
    when 'DELETE' then 'select * from old_rows'
    else 'select * from new_rows union all select * from old_rows' end;
begin
  for pair in 0 .. tg_nargs / 2 - 1 loop
    execute format(
      'insert into touched select distinct pg_current_xact_id(), %L, r.%I::text from (%s) r on conflict do nothing',
      tg_argv[2 * pair], tg_argv[2 * pair + 1], rows);
  end loop;
  perform note_pending();
  return null;
end $$;

create function refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'TRUNCATE of % would go round the change log: use DELETE', tg_table_name
    using errcode = 'feature_not_supported';
end $$;

create table required_trigger (
  content regclass not null,
  name    name not null,
  primary key (content, name)
);
comment on table required_trigger is 'The triggers that write the log and hold the rules: each must be there, always enabled.';
insert into required_trigger values
  ('company', 'company_size_class'), ('factory', 'factory_changed'), ('factory_lead', 'factory_lead_changed'),
  ('membership', 'membership_changed');

-- Puts a content table under the log. aggregates: type, id column, type, id column ...
create procedure log_changes_of(content regclass, variadic aggregates text[]) language plpgsql as $$
declare
  arguments text := (select string_agg(quote_literal(a), ', ') from unnest(aggregates) a);
  operation record;
begin
  for operation in select * from (values
      ('insert', 'referencing new table as new_rows'),
      ('update', 'referencing old table as old_rows new table as new_rows'),
      ('delete', 'referencing old table as old_rows')) o (name, tables)
  loop
    execute format('create trigger log_%s after %s on %s %s for each statement execute function note_touched(%s)',
      operation.name, operation.name, content, operation.tables, arguments);
    execute format('alter table %s enable always trigger log_%s', content, operation.name);
  end loop;
  execute format('create trigger log_truncate before truncate on %s for each statement execute function refuse_truncate()', content);
  execute format('alter table %s enable always trigger log_truncate', content);
  insert into required_trigger
    select content, t.name from (values ('log_insert'), ('log_update'), ('log_delete'), ('log_truncate')) t (name);
end $$;

-- Without these, changes could go round the log or the rules. Checked at start.
create view disabled_trigger as
select r.content::text || '.' || r.name as name
from required_trigger r
where not exists (select from pg_trigger t where t.tgrelid = r.content and t.tgname = r.name and t.tgenabled = 'A');

-- Keeps the dated history that statistics read, from the company rows as they are at commit. A state never begins before
-- the one it follows. The end of that one is counted, so that it is written before the new one is.
create function keep_company_state(me xid8) returns void language sql as $$
  with now as (
    select c.id, c.commune, c.size_class, c.headcount, array(
      select s.sector from company_sector s where s.company = c.id order by s.sector) as sectors
    from touched t join company c on c.id::text = t.id
    where t.transaction = me and t.type = 'company'
  ), moved as (
    select now.*, greatest(directory_today(), s.valid_from) as day from now
    left join company_state s on s.company = now.id and s.valid_to is null
    where s.company is null or (s.commune, s.size_class, s.headcount, s.sectors)
      is distinct from (now.commune, now.size_class, now.headcount, now.sectors)
  ), ended as (
    update company_state s set valid_to = moved.day
    from moved where s.company = moved.id and s.valid_to is null and s.valid_from < moved.day
    returning 1
  )
  insert into company_state
    select id, day, null, commune, size_class, headcount, sectors from moved, (select count(*) from ended) written
    on conflict (company, valid_from) do update
      set commune = excluded.commune, size_class = excluded.size_class,
          headcount = excluded.headcount, sectors = excluded.sectors;
$$;

create table membership_day (applied date not null);
insert into membership_day values ('2000-01-01');
comment on table membership_day is 'One row: the last day whose memberships are in the log. No revision is of a day before.';

-- Stage 1 puts itself at the end of the queue, behind deferred foreign keys and checks, so that what they lock is
-- locked before the gate. Stage 2 takes the gate and the revision. A later firing in the same transaction
-- (SET CONSTRAINTS IMMEDIATE, or a check that wrote) merges into the same revision.
-- The planner settings hold back plans that were made while the tables were tiny.
create function take_revision() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  me constant xid8 := new.transaction;
  mine bigint;
  day text;
  kind record;
  images bigint;
  changes bigint;
  all_images bigint := 0;
  all_changes bigint := 0;
begin
  if new.stage = 1 then
    update pending_transaction set stage = 2 where transaction = me;
    return null;
  end if;
  perform set_config('synchronous_commit', 'on', true);
  lock table revision_gate in exclusive mode;
  -- The day of this revision: commits may have waited at the gate since yesterday, behind the memberships of today.
  select set_config('directory.day', greatest(applied, directory_today(),
      (clock_timestamp() at time zone 'Europe/Paris')::date)::text, true)
    into day from membership_day;
  select revision into mine from revision where transaction = me;
  if not found then
    select coalesce(max(revision), 0) + 1 into mine from revision;
  end if;

  for kind in
    select a.type, a.view from aggregate_type a
    where exists (select from touched t where t.transaction = me and t.type = a.type)
  loop
    execute format($sql$
      with now as materialized (
        select t.id, d.document, d.public_document
        from touched t left join %s d on d.id = t.id
        where t.transaction = $1 and t.type = $2
      ), image as (
        insert into audit_image as a (revision, type, id, document)
        select $3, $2, now.id, now.document from now
        left join lateral (
          select document from audit_image where type = $2 and id = now.id order by revision desc limit 1) last on true
        where last.document is distinct from now.document
        on conflict (revision, type, id) do update set document = excluded.document
        returning 1
      ), feed as (
        insert into public_change as p (revision, type, id, document)
        select $3, $2, now.id, now.public_document from now
        left join lateral (
          select document from public_change where type = $2 and id = now.id order by revision desc limit 1) last on true
        where last.document is distinct from now.public_document
        on conflict (revision, type, id) do update set document = excluded.document
        returning 1
      )
      select (select count(*) from image), (select count(*) from feed)
    $sql$, kind.view) into images, changes using me, kind.type, mine;
    all_images := all_images + images;
    all_changes := all_changes + changes;
    if kind.type = 'company' and images > 0 then
      perform keep_company_state(me);
    end if;
  end loop;

  delete from touched where transaction = me;
  delete from pending_transaction where transaction = me;
  if all_images > 0 or all_changes > 0 then
    insert into revision as r (revision, transaction, committed_at, actor, public)
      values (mine, me, clock_timestamp(), acting(), all_changes > 0)
      on conflict (revision) do update set public = r.public or excluded.public;
    perform pg_notify('directory_revision', mine::text);
  end if;
  return null;
end $$;

create constraint trigger take_revision after insert or update on pending_transaction
  deferrable initially deferred for each row execute function take_revision();
alter table pending_transaction enable always trigger take_revision;
insert into required_trigger values ('pending_transaction', 'take_revision');

-- Documents: codes, and texts in all languages; what readers are shown is made from them by the index.
-- "offset 0" keeps the planner from making a document once for each column that shows it.

-- Stable as jsonb_build_object is, or it could not be inlined.
create function localized(fr text, en text) returns jsonb language sql stable
  return nullif(jsonb_strip_nulls(jsonb_build_object('fr', fr, 'en', en)), '{}'::jsonb);

create view territory_document as
select t.code as id, d.document, d.document as public_document
from territory t
cross join lateral (select jsonb_build_object(
  'code', t.code, 'level', t.level, 'slug', t.slug, 'name', t.name, 'epciType', t.epci_type,
  'population', t.population, 'latitude', t.latitude, 'longitude', t.longitude,
  'postalCodes', to_jsonb(t.postal_codes),
  'frenchTech', t.french_tech, 'funder', t.funder, 'namedPlace', t.named_place,
  'formerCodes', coalesce((select jsonb_agg(f.code order by f.code) from former_commune f where f.current = t.code and f.code <> t.code), '[]'),
  'within', coalesce((select jsonb_agg(w.container order by w.container) from territory_within w where w.territory = t.code), '[]')
) as document offset 0) d;

create view sector_document as
select s.slug as id, d.document, d.document as public_document
from sector s
cross join lateral (select jsonb_build_object(
  'slug', s.slug, 'label', localized(s.label_fr, s.label_en),
  'naf', coalesce((select jsonb_agg(jsonb_build_object('code', n.code, 'nomenclature', n.nomenclature)
                   order by n.nomenclature desc, n.code) from sector_naf n where n.sector = s.slug), '[]')
) as document offset 0) d;

create view company_document as
select c.id::text as id, d.document,
  case when c.publication = 'published' then d.document - array['headcount', 'memberships'] end as public_document
from company c
left join lateral (
  select m.joined_on, m.left_on, m.origin from membership m where m.company = c.id and m.joined_on <= directory_today()
  order by m.joined_on desc limit 1) last on true
cross join lateral (select jsonb_build_object(
  'slug', c.slug, 'name', c.name, 'legalName', c.legal_name, 'siren', c.siren, 'siret', c.siret,
  'description', localized(c.description_fr, c.description_en),
  'website', c.website, 'email', c.email, 'phone', c.phone,
  'commune', c.commune, 'address', c.address, 'postalCode', c.postal_code,
  'latitude', c.latitude, 'longitude', c.longitude,
  'sectors', coalesce((select jsonb_agg(s.sector order by s.position, s.sector) from company_sector s where s.company = c.id), '[]'),
  'naf', c.naf, 'nafNomenclature', c.naf_nomenclature, 'foundedYear', c.founded_year,
  'headcount', c.headcount, 'sizeClass', c.size_class, 'hiring', c.hiring,
  'exportMarkets', to_jsonb(c.export_markets), 'logo', c.logo, 'social', c.social,
  'membership', jsonb_build_object(
    'status', case when last.joined_on is null then 'none'
                   when last.left_on <= directory_today() then 'former' else 'member' end,
    'joinedOn', last.joined_on,
    'leftOn', case when last.left_on <= directory_today() then last.left_on end,
    'origin', last.origin),
  'memberships', coalesce((select jsonb_agg(jsonb_build_object('joinedOn', m.joined_on, 'leftOn', m.left_on, 'origin', m.origin)
                           order by m.joined_on) from membership m where m.company = c.id), '[]'),
  'factories', coalesce((
    select jsonb_agg(jsonb_build_object('id', f.factory, 'role', f.role) order by f.factory)
    from (select l.factory, 'lead' as role from factory_lead l where l.company = c.id and l.until is null
          union all
          select p.factory, 'participant' from factory_participant p where p.company = c.id
            and not exists (select from factory_lead l where l.company = c.id and l.factory = p.factory and l.until is null)) f), '[]'),
  'publication', c.publication, 'source', c.source, 'sourceDate', c.source_date
) as document offset 0) d;

create view factory_document as
select f.id::text as id, d.document, d.document as public_document
from factory f
cross join lateral (select jsonb_build_object(
  'slug', f.slug, 'name', f.name, 'mission', localized(f.mission_fr, f.mission_en),
  'sectors', coalesce((select jsonb_agg(s.sector order by s.position, s.sector) from factory_sector s where s.factory = f.id), '[]'),
  'status', f.status,
  'leads', coalesce((select jsonb_agg(jsonb_build_object('company', l.company, 'since', l.since) order by l.since, l.company)
                     from factory_lead l where l.factory = f.id and l.until is null), '[]')
) as document offset 0) d;

create view cluster_document as
select slug as id, document || jsonb_build_object('slug', slug, 'name', name) as document,
       document || jsonb_build_object('slug', slug, 'name', name) as public_document
from cluster;

insert into aggregate_type values
  ('territory', 'territory_document'), ('sector', 'sector_document'), ('company', 'company_document'),
  ('factory', 'factory_document'), ('cluster', 'cluster_document');

call log_changes_of('territory', 'territory', 'code');
call log_changes_of('territory_within', 'territory', 'territory');
call log_changes_of('former_commune', 'territory', 'current');
call log_changes_of('sector', 'sector', 'slug');
call log_changes_of('sector_naf', 'sector', 'sector');
call log_changes_of('company', 'company', 'id');
call log_changes_of('company_sector', 'company', 'company');
call log_changes_of('membership', 'company', 'company');
call log_changes_of('factory', 'factory', 'id');
call log_changes_of('factory_sector', 'factory', 'factory');
call log_changes_of('factory_lead', 'factory', 'factory', 'company', 'company');
call log_changes_of('factory_participant', 'company', 'company');
call log_changes_of('cluster', 'cluster', 'slug');

-- After a migration that changes what a document holds: compare everything with the log again.
create procedure reconcile() language plpgsql as $$
declare
  kind record;
begin
  for kind in select type, view from aggregate_type loop
    execute format('insert into touched select pg_current_xact_id(), %L, id from %s on conflict do nothing', kind.type, kind.view);
    insert into touched select distinct pg_current_xact_id(), type, id from audit_image a where a.type = kind.type
      on conflict do nothing;
  end loop;
  perform note_pending();
end $$;

-- Memberships start and end with the day, without a write: logs those whose day has come since the last call. Those of
-- today, and the leads, are looked at again by every call: a transaction of yesterday may have become visible since.
create procedure apply_due_memberships() language plpgsql as $$
declare
  today date;
  last date;
begin
  select applied into last from membership_day for update;
  today := greatest(last, directory_today());
  update membership_day set applied = today where applied < today;
  insert into touched
    select distinct pg_current_xact_id(), 'company', m.company::text from membership m
    where m.joined_on > least(last, today - 1) and m.joined_on <= today
       or m.left_on > least(last, today - 1) and m.left_on <= today
    on conflict do nothing;
  if found then
    perform note_pending();
  end if;
  perform settle_factory_leads(f.factory) from (
    select distinct factory from factory_lead
    where until is null and not is_member(company, today) order by factory) f;
end $$;
