-- What single writes of Factories, sectors, territories and the cluster need of the database.

-- Former slugs of a Factory, as companies have them: one function for every table that has <table>_former_slug.
create table factory_former_slug (
  slug    text primary key,
  factory uuid not null references factory on delete cascade
);
create index factory_former_slug_factory on factory_former_slug (factory);
comment on table factory_former_slug is 'Kept by a trigger, for every writer. A slug of today is never among them.';

create or replace function keep_former_slugs() returns trigger language plpgsql as $$
declare
  former constant text := tg_table_name || '_former_slug';
begin
  execute format('delete from %I f using new_rows n where f.slug = n.slug', former);
  if tg_op = 'UPDATE' then
    execute format($sql$
      insert into %1$I (slug, %2$I)
        select o.slug, o.id from old_rows o join new_rows n on n.id = o.id
        where o.slug <> n.slug and not exists (select from %2$I now where now.slug = o.slug)
    $sql$, former, tg_table_name);
  end if;
  return null;
end $$;
create trigger factory_slugs_added after insert on factory referencing new table as new_rows
  for each statement execute function keep_former_slugs();
create trigger factory_slugs_changed after update on factory referencing old table as old_rows new table as new_rows
  for each statement execute function keep_former_slugs();
alter table factory enable always trigger factory_slugs_added;
alter table factory enable always trigger factory_slugs_changed;
insert into required_trigger values ('factory', 'factory_slugs_added'), ('factory', 'factory_slugs_changed');

call log_changes_of('factory_former_slug', 'factory', 'factory');

-- Who takes part is edited with the Factory: its private image tells it, so that its version moves. The public sees it
-- in the companies alone, and only of those that are published.
create or replace view factory_document as
select f.id::text as id, d.document, d.document - 'participants' as public_document
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

drop trigger log_insert on factory_participant;
drop trigger log_update on factory_participant;
drop trigger log_delete on factory_participant;
drop trigger log_truncate on factory_participant;
delete from required_trigger where content = 'factory_participant'::regclass;
call log_changes_of('factory_participant', 'company', 'company', 'factory', 'factory');

-- The day of an officer's consent is kept beside the name, for the team alone.
create or replace view cluster_document as
select c.slug as id, d.document,
  case when jsonb_typeof(d.document -> 'governance') = 'array' then
    d.document || jsonb_build_object('governance', (
      select coalesce(jsonb_agg(case jsonb_typeof(g.officer) when 'object' then g.officer - 'consentedOn' else g.officer end order by g.position), '[]')
      from jsonb_array_elements(d.document -> 'governance') with ordinality g (officer, position)))
  else d.document end as public_document
from cluster c
cross join lateral (
  select c.document || jsonb_build_object('slug', c.slug, 'name', c.name) as document offset 0) d;

-- The image of every Factory with who takes part: what reconcile() does, for the one type that has changed.
insert into touched select pg_current_xact_id(), 'factory', id::text from factory;
select note_pending();
