-- POSTs that may be repeated for 24 hours (editing.Idempotency). No reply is kept: a repetition shows the thing as it is.
create table idempotency_key (
  actor      text not null,
  target     text not null,
  key        text not null check (length(key) <= 255),
  body_hash  bytea not null,
  item       text,
  created_at timestamptz not null default now(),
  primary key (actor, target, key)
);
create index idempotency_key_age on idempotency_key (created_at);
comment on column idempotency_key.target is 'Method and path.';
comment on column idempotency_key.item is 'The id of what was made; null only while its transaction runs.';
