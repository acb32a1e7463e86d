-- What a Factory was when it was first recorded holds before that day, whatever else that day brings: a Factory that is closed
-- on the day on which it was recorded was not closed all the years before.

alter table factory_state add first_status text, add recorded_in xid8;
comment on column factory_state.first_status is 'Status at the end of the first transaction that wrote the row.';
comment on column factory_state.recorded_in is 'The transaction that wrote the row first; null for one before V23.';

-- Of what was recorded before, the log knows: the last status of the days before, else the first of that day.
update factory_state s set first_status = coalesce(
  (select i.document ->> 'status' from audit_image i join revision r using (revision)
   where i.type = 'factory' and i.id = s.factory::text and jsonb_exists(i.document, 'status')
     and (r.committed_at at time zone 'Europe/Paris')::date < s.valid_from
   order by i.revision desc limit 1),
  (select i.document ->> 'status' from audit_image i join revision r using (revision)
   where i.type = 'factory' and i.id = s.factory::text and jsonb_exists(i.document, 'status')
     and (r.committed_at at time zone 'Europe/Paris')::date = s.valid_from
   order by i.revision limit 1),
  s.status);

create or replace function keep_factory_state() returns trigger language plpgsql as $$
declare
  today constant date := directory_today();
begin
  update factory_state
    set status = new.status,
      first_status = case when recorded_in = pg_current_xact_id() then new.status else first_status end
    where factory = new.id and valid_to is null and valid_from >= today;
  if not found then
    update factory_state set valid_to = today where factory = new.id and valid_to is null;
    insert into factory_state (factory, valid_from, status, first_status, recorded_in)
      values (new.id, today, new.status, new.status, pg_current_xact_id());
  end if;
  return null;
end $$;
alter table factory_state alter first_status set not null;

-- The status of a Factory on a day; null when it was not there yet: before it was recorded, it was from its first lead on.
-- It was active on no day on which it had not two leads: then it needed one again, or was forming still. That it needs a lead
-- is known of days that were recorded; before them its leads tell, as for one that is active.
create or replace function factory_status_on(factory uuid, day date) returns text language sql stable
  return (
    select case
      when known.status <> 'active' or (select count(*) from factory_leads_on($1, $2)) = 2 then known.status
      when exists (
        select from factory_lead one join factory_lead other on other.factory = one.factory and other.company > one.company
        where one.factory = $1 and greatest(one.since, other.since) <= $2
          and greatest(one.since, other.since) < coalesce(least(one.until, other.until), 'infinity')) then 'needs_lead'
      else 'forming' end
    from (select coalesce(
      (select s.status from factory_state s
       where s.factory = $1 and s.valid_from <= $2 and (s.valid_to is null or s.valid_to > $2)),
      (select case s.first_status when 'needs_lead' then 'active' else s.first_status end from factory_state s
       where s.factory = $1 and s.valid_from > $2
         and exists (select from factory_lead l where l.factory = $1 and l.since <= $2)
       order by s.valid_from limit 1)) as status) known
    where known.status is not null);
