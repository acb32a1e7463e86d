-- Personal data: consent for what is shown of a person, and the record of erasures.

-- When a company's e-mail or phone is a person's: an object {"email": {"consentedOn": "2026-01-05"}, "phone": ...}.
create function is_personal_contact(contact jsonb) returns boolean language sql immutable strict
  return case when jsonb_typeof(contact) <> 'object' then false else (
    select coalesce(bool_and(key in ('email', 'phone')
      and case when jsonb_typeof(value) <> 'object' then false
          else value ? 'consentedOn' and value - 'consentedOn' = '{}'
            and coalesce(value ->> 'consentedOn' ~ '^\d{4}-\d{2}-\d{2}$', true) end), true)
    from jsonb_each(contact)) end;

alter table company add column personal_contact jsonb not null default '{}' check (is_personal_contact(personal_contact));
comment on column company.personal_contact is
  'Which of email and phone are a person''s, and since when the person agrees that they are shown; null: does not. Never public.';

-- A consent is for one value: another one is shown when a consent for it is recorded. For imports and SQL by hand too.
create function keep_consent() returns trigger language plpgsql as $$
begin
  if new.email is distinct from old.email and new.personal_contact -> 'email' = old.personal_contact -> 'email' then
    new.personal_contact := jsonb_set(new.personal_contact, '{email,consentedOn}', 'null');
  end if;
  if new.phone is distinct from old.phone and new.personal_contact -> 'phone' = old.personal_contact -> 'phone' then
    new.personal_contact := jsonb_set(new.personal_contact, '{phone,consentedOn}', 'null');
  end if;
  return new;
end $$;
create trigger company_consent before update of email, phone on company
  for each row when (old.personal_contact <> '{}') execute function keep_consent();
alter table company enable always trigger company_consent;
insert into required_trigger values ('company', 'company_consent');

-- What a person does not agree to is null for the public. Days are compared as texts: a value that is no day is no consent.
create function without_consent(contact jsonb) returns jsonb language sql stable
  return case when contact = '{}' then contact else (
    select coalesce(jsonb_object_agg(key, null::text), '{}') from jsonb_each(contact)
    where coalesce(value ->> 'consentedOn' > to_char(directory_today(), 'YYYY-MM-DD'), true)) end;

-- personalContact is in the document only where there is one: what is there now stays as it is.
create or replace view company_document as
select c.id::text as id, d.document,
  case when c.publication = 'published' then
    (d.document - array['headcount', 'memberships', 'personalContact']) || without_consent(c.personal_contact) end as public_document
from company c
left join lateral (
  select m.joined_on, m.left_on, m.origin from membership m where m.company = c.id and m.joined_on <= directory_today()
  order by m.joined_on desc limit 1) last on true
cross join lateral (select jsonb_build_object(
  'slug', c.slug, 'name', c.name, 'legalName', c.legal_name, 'siren', c.siren, 'siret', c.siret,
  'description', localized(c.description_fr, c.description_en),
  'website', c.website, 'email', c.email, 'phone', c.phone,
  'commune', c.commune, 'address', c.address, 'postalCode', c.postal_code,
  'latitude', c.latitude, 'longitude', c.longitude,
  'sectors', coalesce((select jsonb_agg(s.sector order by s.position, s.sector) from company_sector s where s.company = c.id), '[]'),
  'naf', c.naf, 'nafNomenclature', c.naf_nomenclature, 'foundedYear', c.founded_year,
  'headcount', c.headcount, 'sizeClass', c.size_class, 'hiring', c.hiring,
  'exportMarkets', to_jsonb(c.export_markets), 'logo', c.logo, 'social', c.social,
  'membership', jsonb_build_object(
    'status', case when last.joined_on is null then 'none'
                   when last.left_on <= directory_today() then 'former' else 'member' end,
    'joinedOn', last.joined_on,
    'leftOn', case when last.left_on <= directory_today() then last.left_on end,
    'origin', last.origin),
  'memberships', coalesce((select jsonb_agg(jsonb_build_object('joinedOn', m.joined_on, 'leftOn', m.left_on, 'origin', m.origin)
                           order by m.joined_on) from membership m where m.company = c.id), '[]'),
  'factories', coalesce((
    select jsonb_agg(jsonb_build_object('id', f.factory, 'role', f.role) order by f.factory)
    from (select l.factory, 'lead' as role from factory_lead l where l.company = c.id and l.until is null
          union all
          select p.factory, 'participant' from factory_participant p where p.company = c.id
            and not exists (select from factory_lead l where l.company = c.id and l.factory = p.factory and l.until is null)) f), '[]'),
  'publication', c.publication, 'source', c.source, 'sourceDate', c.source_date
) || coalesce((
  select jsonb_build_object('formerSlugs', jsonb_agg(f.slug order by f.slug))
  from company_former_slug f where f.company = c.id having count(*) > 0), '{}')
  || case when c.personal_contact = '{}' then '{}' else jsonb_build_object('personalContact', c.personal_contact) end
  as document offset 0) d;

-- What was erased, by number only. The key of the hashes is in the journal, outside of the database.
create table personal_erasure (
  id        uuid primary key,
  number    bigint generated always as identity unique,
  at        timestamptz not null,
  actor     text not null,
  reason    text not null check (reason in ('request', 'objection', 'consent_withdrawn', 'authority')),
  terms     jsonb not null,
  places    jsonb not null,
  replayed_at timestamptz
);
comment on table personal_erasure is 'Erasures of persons. Their number is what processes compare with what their index has forgotten.';
comment on column personal_erasure.terms is 'Kind and keyed hash of each term that was searched for, never the term.';
comment on column personal_erasure.places is 'How many rows were found in each place.';
