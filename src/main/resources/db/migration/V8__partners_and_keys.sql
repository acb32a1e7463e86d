-- Partners, and the keys that they, scripts and the operator use. Both are under the change log: who made, changed or
-- revoked a key is audited as every other write is. Neither is ever public, nor is the hash of a key in any document.

create table partner (
  id         uuid primary key,
  name       text not null check (length(name) between 1 and 200),
  plan       text not null check (plan ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(plan) <= 50),
  contact    text check (length(contact) between 1 and 200),
  created_at timestamptz not null default now()
);
create unique index partner_name on partner (lower(name));
comment on column partner.contact is 'An address of the organisation, never of a person.';

alter table api_key drop constraint api_key_pkey;
alter table api_key
  alter column name drop not null,
  add constraint api_key_name unique (name),
  add column id uuid primary key default gen_random_uuid(),
  add column partner uuid references partner on delete cascade,
  add column label text not null default '' check (length(label) <= 200),
  add column roles text[] not null default '{partner}' check (roles <> '{}' and roles <@ '{admin,team,statistician,partner}'),
  add column prefix text not null default 'd113_admin' check (length(prefix) <= 50),
  add column origins text[] not null default '{}',
  add column expires_at timestamptz,
  add column revoked_at timestamptz,
  add column rotated_at timestamptz;
update api_key set roles = array[role];
alter table api_key
  drop column role,
  add check (('admin' = any (roles)) = (name is not null)),
  add check ((partner is null) = (name is not null));
create index api_key_partner on api_key (partner);
comment on column api_key.name is 'Of the operator''s own key only, which belongs to no partner.';
comment on column api_key.prefix is 'How the key begins: what people recognise it by, and no secret.';
comment on column api_key.rotated_at is 'When another key took its place: only once, as expires_at is that of the overlap from then on.';
comment on column api_key.origins is 'Of keys that web pages use: the sites they may be used from.';

-- Apart, as the use of a key is no change that the log should number.
create table api_key_use (
  key  uuid primary key references api_key on delete cascade,
  last date not null
);

create view partner_document as
select p.id::text as id,
  jsonb_build_object('name', p.name, 'plan', p.plan, 'contact', p.contact) as document, null::jsonb as public_document
from partner p;

create view api_key_document as
select k.id::text as id,
  jsonb_build_object('partner', k.partner, 'label', k.label, 'roles', to_jsonb(k.roles), 'prefix', k.prefix,
    'origins', to_jsonb(k.origins), 'createdAt', k.created_at, 'expiresAt', k.expires_at, 'revokedAt', k.revoked_at) as document,
  null::jsonb as public_document
from api_key k;

insert into aggregate_type values ('partner', 'partner_document'), ('api_key', 'api_key_document');
call log_changes_of('partner', 'partner', 'id');
call log_changes_of('api_key', 'api_key', 'id');
