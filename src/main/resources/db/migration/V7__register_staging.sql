-- The public register (Sirene): both halves wait here for each other, by SIREN, between imports.
-- Only what a company needs. Never a sole trader, a masked unit or the name of a person: such rows are not staged, and
-- what was staged of them before is deleted by the import that says so (imports.sirene).

create table register_unit (
  siren        text primary key,
  closed       boolean not null,
  name         text,
  slug         text,
  legal_name   text,
  naf          text,
  naf_2025     text,
  size_class   text,
  founded_year integer,
  head_nic     text,
  processed    timestamp,
  source_date  date not null,
  withdrawn    boolean not null default false,
  filled       jsonb not null default '{}'
);
comment on table register_unit is 'Legal units of the register. Of a closed one nothing but that is kept.';
comment on column register_unit.slug is 'What the slug of the company is made from.';
comment on column register_unit.processed is 'Insee dateDernierTraitement: a file that is older than what is known does not replace it.';
comment on column register_unit.source_date is 'The day of processed, else the day when these values came.';
comment on column register_unit.withdrawn is 'The register, not the team, archived the company: it may come back with the register.';
comment on column register_unit.filled is 'What the company has from the register, by the names of its document: taken back from a member when the unit is masked.';

create table register_establishment (
  siret       text primary key,
  siren       text not null,
  head        boolean,
  closed      boolean not null,
  commune     text,
  address     text,
  postal_code text,
  latitude    double precision,
  longitude   double precision,
  processed   timestamp,
  source_date date not null
);
create index register_establishment_siren on register_establishment (siren);
comment on table register_establishment is 'Open establishments in the region, and head offices wherever they are.';
comment on column register_establishment.commune is 'The code as the register writes it, perhaps a former one; null outside the region.';

-- A company that the team knows by its establishment alone belongs to a unit as well.
create index company_siret_unit on company (left(siret, 9)) where siren is null;

-- Every code of a commune, former ones included, and the commune of today.
create view known_commune as
select code, current_commune(code) as commune
from (select code from territory where level = 'commune' union select code from former_commune) codes;

-- Erasure: what the law wants forgotten must leave the log too. It happens at commit, in the transaction that erases,
-- right after the log has been written: so there is no moment in between that a crash could leave behind, and it holds
-- for SQL by hand. Readers of the feed still learn of the removal from the newest entry, which has no values.

create unlogged table erasure (
  transaction xid8 not null default pg_current_xact_id(),
  type        text not null,
  id          text not null,
  keys        text[],
  primary key (transaction, type, id)
);
comment on column erasure.keys is 'The parts of past documents to erase; null for all past documents.';

create unlogged table erasure_transaction (
  transaction xid8 primary key,
  turn        integer not null
);

create function erase_history_at_commit(type text, id text, keys text[] default null) returns void language sql
begin atomic
  select note_pending(); -- first, so that the log's trigger is before this one in the queue
  insert into erasure (type, id, keys) values (type, id, keys)
    on conflict (transaction, type, id) do update
      set keys = case when erasure.keys is not null and excluded.keys is not null then erasure.keys || excluded.keys end;
  insert into erasure_transaction values (pg_current_xact_id(), 1) on conflict do nothing;
end;

create function erase_history() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  me constant xid8 := new.transaction;
  log text;
begin
  -- Back to the end of the queue until the log of this transaction is written.
  if new.turn > 100 then
    raise exception 'the log of transaction % is not written, so its history cannot be erased', me;
  end if;
  if exists (select from pending_transaction where transaction = me) then
    update erasure_transaction set turn = turn + 1 where transaction = me;
    return null;
  end if;
  foreach log in array array['audit_image', 'public_change'] loop
    execute format($sql$
      delete from %1$s past using erasure e
      where e.transaction = $1 and e.keys is null and past.type = e.type and past.id = e.id
        and past.revision < (select max(revision) from %1$s last where last.type = e.type and last.id = e.id)
    $sql$, log) using me;
    execute format($sql$
      update %1$s past
      set document = document || (select jsonb_object_agg(key, null::text) from unnest(e.keys) key)
      from erasure e
      where e.transaction = $1 and e.keys <> '{}' and past.type = e.type and past.id = e.id and past.document is not null
        and past.revision < (select max(revision) from %1$s last where last.type = e.type and last.id = e.id)
    $sql$, log) using me;
  end loop;
  delete from erasure where transaction = me;
  delete from erasure_transaction where transaction = me;
  return null;
end $$;

create constraint trigger erase_history after insert or update on erasure_transaction
  deferrable initially deferred for each row execute function erase_history();
alter table erasure_transaction enable always trigger erase_history;
insert into required_trigger values ('erasure_transaction', 'erase_history');

-- Finds what the log knows of a unit whose company is gone already.
create index audit_image_siren on audit_image ((document ->> 'siren')) where type = 'company';
