-- Keys that open the API. Only the SHA-256 of a key is kept: keys are random, so a slow hash adds nothing.
create table api_key (
  name       text primary key,
  role       text not null check (role in ('admin')),
  key_hash   bytea not null unique,
  created_at timestamptz not null default now()
);
