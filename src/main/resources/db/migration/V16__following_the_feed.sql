-- What clients follow the public feed with: tokens, signed with keys that every process knows.

create table signing_key (
  id         uuid primary key default gen_random_uuid(),
  secret     bytea not null,
  created_at timestamptz not null default now()
);
comment on table signing_key is 'Signs the tokens of delta sync. The newest signs, all verify. Goes with backups, as the tokens should.';
insert into signing_key (secret)
  values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- How far back the log still tells each step: tokens of before have expired, and an index of before is built anew.
create table log_horizon (
  id     boolean primary key default true check (id),
  public bigint not null default 0,
  audit  bigint not null default 0
);
insert into log_horizon default values;
comment on column log_horizon.public is 'Of entries up to this revision the public feed holds the last state of each item alone.';
