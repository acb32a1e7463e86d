-- A file of a million companies is one commit. The planner knows nothing of what the commit itself has touched, so the
-- statements of the log say how they are to be run: from each touched aggregate to its rows by their keys. Otherwise it
-- may loop over all of one table for each row of another, which does not end.

-- The index that finds a unit by its SIREN is no way to the last image of an aggregate: with this condition it is none.
drop index audit_image_siren;
create index audit_image_siren on audit_image ((document ->> 'siren'))
  where type = 'company' and document ->> 'siren' is not null;

create or replace function take_revision() returns trigger language plpgsql
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
        from touched t left join lateral (select * from %s d where d.id = t.id offset 0) d on true
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


-- What is written at one commit is ended by its place in the table: by a join, the planner could go the long way round.
create or replace function keep_company_state(me xid8) returns void language plpgsql as $$
declare
  today constant date := directory_today();
begin
  with now as materialized (
    select c.*
    from touched t
    cross join lateral (
      select c.id, c.commune, c.size_class, c.headcount, array(
        select s.sector from company_sector s where s.company = c.id order by s.sector) as sectors
      from company c where c.id = t.id::uuid offset 0) c
    where t.transaction = me and t.type = 'company'
  ), moved as materialized (
    select now.*, s.state, s.valid_from, greatest(today, s.valid_from) as day
    from now
    left join lateral (
      select ctid as state, valid_from, commune, size_class, headcount, sectors
      from company_state where company = now.id and valid_to is null offset 0) s on true
    where s.state is null or (s.commune, s.size_class, s.headcount, s.sectors)
      is distinct from (now.commune, now.size_class, now.headcount, now.sectors)
  ), ended as (
    update company_state set valid_to = today
    where ctid = any (array(select state from moved where valid_from < day))
    returning 1
  )
  insert into company_state
    select id, day, null, commune, size_class, headcount, sectors from moved, (select count(*) from ended) written
    on conflict (company, valid_from) do update
      set commune = excluded.commune, size_class = excluded.size_class,
          headcount = excluded.headcount, sectors = excluded.sectors;
end $$;
