-- Changes that a member wants and the team decides. Not content: what is accepted becomes a revision like any other.
create table proposal (
  id         uuid primary key,
  company    uuid not null references company on delete cascade,
  topic      text not null check (topic in ('name', 'sectors', 'address')),
  before     jsonb not null,
  after      jsonb not null,
  status     text not null default 'open' check (status in ('open', 'accepted', 'refused', 'withdrawn', 'replaced')),
  actor      text not null,
  created_at timestamptz not null default now(),
  decided_by text,
  decided_at timestamptz,
  reason     text check (length(reason) <= 2000),
  check ((status = 'open') = (decided_at is null))
);
create unique index proposal_open on proposal (company, topic) where status = 'open';
create index proposal_company on proposal (company);
comment on column proposal.before is 'The values that the member saw, by the names of the API: accepting asks that they are still there.';
