-- What clients follow the public feed with: tokens, signed with keys that every process knows.

create table signing_key (
  id         uuid primary key default gen_random_uuid(),
  secret     bytea not null,
  created_at timestamptz not null default now()
);
comment on table signing_key is 'Signs the tokens of delta sync. The newest signs, all verify. Goes with backups, as the tokens should.';
insert into signing_key (secret)
  values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- Whether places or names have moved since a token is asked with every delta, beside millions of entries of companies.
create index public_change_of_labels on public_change (type, revision) where type in ('territory', 'sector', 'factory');

-- How far back the log still tells each step: tokens of before have expired, and an index of before is built anew.
create table log_horizon (
  id     boolean primary key default true check (id),
  public bigint not null default 0,
  audit  bigint not null default 0
);
insert into log_horizon default values;
comment on column log_horizon.public is 'Of entries up to this revision the public feed holds the last state of each item alone.';

-- Forgets the steps that nobody may ask for any more: of all up to a revision the last state of each item stays, and no
-- trace of an item that was gone by then. The horizon moves first, so that a run that is cut off leaves nobody misled;
-- the next one goes on. In small transactions, as writers wait for none of it.
create procedure compact_log(feed_horizon bigint, audit_horizon bigint) language plpgsql as $$
declare
  deleted bigint;
begin
  update log_horizon set public = greatest(public, feed_horizon), audit = greatest(audit, audit_horizon);
  commit;
  loop
    delete from public_change where ctid = any (array(
      select p.ctid from public_change p
      where p.revision <= feed_horizon
        and (p.document is null or exists (select from public_change later
          where later.type = p.type and later.id = p.id
            and later.revision > p.revision and later.revision <= feed_horizon))
      limit 10000));
    get diagnostics deleted = row_count;
    commit;
    exit when deleted = 0;
  end loop;
  loop
    delete from audit_image where ctid = any (array(
      select a.ctid from audit_image a
      where a.revision <= audit_horizon
        and (a.document is null or exists (select from audit_image later
          where later.type = a.type and later.id = a.id
            and later.revision > a.revision and later.revision <= audit_horizon))
      limit 10000));
    get diagnostics deleted = row_count;
    commit;
    exit when deleted = 0;
  end loop;
  delete from revision r
    where r.revision <= least(feed_horizon, audit_horizon)
      and r.revision < (select max(revision) from revision)
      and not exists (select from public_change p where p.revision = r.revision)
      and not exists (select from audit_image a where a.revision = r.revision);
end $$;

-- A copy of a Factory must not name a company that is not public, not even by id: its lead is shown while it is published.
create or replace view factory_document as
select f.id::text as id, d.document,
  d.document - 'participants' || jsonb_build_object('leads', coalesce((
    select jsonb_agg(lead.entry order by lead.position)
    from jsonb_array_elements(d.document -> 'leads') with ordinality lead (entry, position)
    join company c on c.id = (lead.entry ->> 'company')::uuid and c.publication = 'published'), '[]')) as public_document
from factory f
cross join lateral (select jsonb_build_object(
  'slug', f.slug, 'name', f.name, 'mission', localized(f.mission_fr, f.mission_en),
  'sectors', coalesce((select jsonb_agg(s.sector order by s.position, s.sector) from factory_sector s where s.factory = f.id), '[]'),
  'status', f.status,
  'leads', coalesce((select jsonb_agg(jsonb_build_object('company', l.company, 'since', l.since) order by l.since, l.company)
                     from factory_lead l where l.factory = f.id and l.until is null), '[]'),
  'participants', coalesce((select jsonb_agg(p.company order by p.company)
                            from factory_participant p where p.factory = f.id), '[]')
) || coalesce((
  select jsonb_build_object('formerSlugs', jsonb_agg(s.slug order by s.slug))
  from factory_former_slug s where s.factory = f.id having count(*) > 0), '{}') as document offset 0) d;

create function note_led_factories() returns trigger language plpgsql as $$
begin
  insert into touched
    select distinct pg_current_xact_id(), 'factory', l.factory::text
    from old_rows o join new_rows n on n.id = o.id join factory_lead l on l.company = n.id and l.until is null
    where n.publication <> o.publication
    on conflict do nothing;
  return null; -- log_update of the company notes the transaction
end $$;
create trigger company_leads_factories after update on company referencing old table as old_rows new table as new_rows
  for each statement execute function note_led_factories();
alter table company enable always trigger company_leads_factories;
insert into required_trigger values ('company', 'company_leads_factories');

insert into touched select pg_current_xact_id(), 'factory', id::text from factory;
select note_pending();
