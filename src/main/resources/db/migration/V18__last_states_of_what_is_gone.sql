-- compact_log forgot that an item was gone as soon as it could, be it that states of before were still there: those that
-- did not fit into the same ten thousand, or into a run that was cut off. The newest of them was then the last state of the
-- item, which came back: unpublished, or even erased. Now its end goes only after all that was before it.
create or replace procedure compact_log(feed_horizon bigint, audit_horizon bigint) language plpgsql as $$
declare
  deleted bigint;
begin
  update log_horizon set public = greatest(public, feed_horizon), audit = greatest(audit, audit_horizon);
  commit;
  loop
    delete from public_change where ctid = any (array(
      select p.ctid from public_change p
      where p.revision <= feed_horizon
        and (exists (select from public_change later
            where later.type = p.type and later.id = p.id
              and later.revision > p.revision and later.revision <= feed_horizon)
          or p.document is null and not exists (select from public_change earlier
            where earlier.type = p.type and earlier.id = p.id and earlier.revision < p.revision))
      limit 10000));
    get diagnostics deleted = row_count;
    commit;
    exit when deleted = 0;
  end loop;
  loop
    delete from audit_image where ctid = any (array(
      select a.ctid from audit_image a
      where a.revision <= audit_horizon
        and (exists (select from audit_image later
            where later.type = a.type and later.id = a.id
              and later.revision > a.revision and later.revision <= audit_horizon)
          or a.document is null and not exists (select from audit_image earlier
            where earlier.type = a.type and earlier.id = a.id and earlier.revision < a.revision))
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
