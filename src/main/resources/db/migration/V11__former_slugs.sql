-- Addresses that a company had before: they lead to it as long as nobody else has them.

create table company_former_slug (
  slug    text primary key,
  company uuid not null references company on delete cascade
);
create index company_former_slug_company on company_former_slug (company);
comment on table company_former_slug is 'Kept by a trigger, for every writer. A slug of today is never among them.';

-- Paths name things by id as well: a slug of that form would lead to another thing than the id does.
alter table company add constraint company_slug_is_no_id check (slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');
alter table factory add constraint factory_slug_is_no_id check (slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$');

create function keep_former_slugs() returns trigger language plpgsql as $$
begin
  delete from company_former_slug f using new_rows n where f.slug = n.slug;
  if tg_op = 'UPDATE' then
    insert into company_former_slug (slug, company)
      select o.slug, o.id from old_rows o join new_rows n on n.id = o.id
      where o.slug <> n.slug and not exists (select from company c where c.slug = o.slug);
  end if;
  return null;
end $$;
create trigger company_slugs_added after insert on company referencing new table as new_rows
  for each statement execute function keep_former_slugs();
create trigger company_slugs_changed after update on company referencing old table as old_rows new table as new_rows
  for each statement execute function keep_former_slugs();
alter table company enable always trigger company_slugs_added;
alter table company enable always trigger company_slugs_changed;
insert into required_trigger values ('company', 'company_slugs_added'), ('company', 'company_slugs_changed');

call log_changes_of('company_former_slug', 'company', 'company');

-- Former slugs are in the document only where there are some: what is there now stays as it is.
create or replace view company_document as
select c.id::text as id, d.document,
  case when c.publication = 'published' then d.document - array['headcount', 'memberships'] end as public_document
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
  from company_former_slug f where f.company = c.id having count(*) > 0), '{}') as document offset 0) d;
