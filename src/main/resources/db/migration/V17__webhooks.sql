-- Webhooks of partners: who is told of which changes, and where the telling stands. What a partner sets is under the
-- change log as every other write is; how far it was told moves with each event and is not.

create table webhook (
  id          uuid primary key,
  partner     uuid not null references partner on delete cascade,
  url         text not null check (length(url) between 1 and 2000),
  parameters  jsonb not null check (jsonb_typeof(parameters) = 'object'),
  description text check (length(description) between 1 and 500),
  enabled     boolean not null default true,
  reason      text check (reason in ('paused', 'failing', 'gone', 'invalid_filter')),
  rotated_at  timestamptz,
  created_at  timestamptz not null default now(),
  check (enabled = (reason is null))
);
create index webhook_partner on webhook (partner);
comment on column webhook.parameters is 'What it is told of: the parameters of /v1/changes, decoded, so that an erasure finds who is named there.';
comment on column webhook.reason is 'Why it is not enabled.';

-- Apart, so that no image, list or log can show one by mistake. In clear: a hash could not sign.
create table webhook_secret (
  webhook      uuid primary key references webhook on delete cascade,
  secret       bytea not null check (length(secret) between 24 and 64),
  former       bytea,
  former_until timestamptz,
  check ((former is null) = (former_until is null))
);
comment on table webhook_secret is 'Signs what a webhook is sent; after a rotation the former secret as well, for a while. Confidential.';

create table webhook_progress (
  webhook        uuid primary key references webhook on delete cascade,
  epoch          text not null,
  meaning        bigint not null,
  base           bigint not null,
  place_revision bigint not null,
  place_type     text,
  place_id       text,
  restart_at     timestamptz,
  attempts       integer not null default 0,
  failing_since  timestamptz,
  delivered_at   timestamptz,
  next_at        timestamptz not null,
  lease          uuid,
  leased_until   timestamptz,
  check ((lease is null) = (leased_until is null)),
  check ((attempts = 0) = (failing_since is null))
);
comment on table webhook_progress is 'Where each webhook stands in the public feed, as a token of delta sync would say it.';
comment on column webhook_progress.restart_at is 'When the way was lost: the receiver has yet to be told to begin a new copy.';
comment on column webhook_progress.lease is 'The run that tells it at the moment; once leased_until has passed another may.';

create table webhook_delivery (
  id          bigint generated always as identity primary key,
  webhook     uuid not null references webhook on delete cascade,
  event       text not null,
  type        text not null,
  revision    bigint,
  attempt     integer not null,
  at          timestamptz not null,
  status      integer,
  duration    integer not null,
  error       text,
  next_at     timestamptz
);
create index webhook_delivery_of on webhook_delivery (webhook, id desc);
create index webhook_delivery_at on webhook_delivery (at);
comment on table webhook_delivery is 'Each attempt to tell something: codes only, nothing of what was told. Kept for 30 days.';

create view webhook_document as
select w.id::text as id,
  jsonb_build_object('partner', w.partner, 'url', w.url, 'parameters', w.parameters, 'description', w.description,
    'enabled', w.enabled, 'reason', w.reason, 'rotatedAt', w.rotated_at) as document,
  null::jsonb as public_document
from webhook w;

insert into aggregate_type values ('webhook', 'webhook_document');
call log_changes_of('webhook', 'webhook', 'id');
