-- {uuid} gives nothing
delete from calendar_subscription where id = $1
;
-- {text} gives nothing
delete from company where id::text = $1
;
-- {uuid} gives nothing
delete from event where id = $1::uuid
;
-- {uuid,integer} gives nothing
delete from event_place where event = $1::uuid and position > $2
;
-- {uuid} gives nothing
delete from factory where id = $1::uuid
;
-- {uuid,uuid} gives nothing
delete from factory_participant where factory = $1 and company = $2
;
-- {uuid,uuid[]} gives nothing
delete from factory_participant where factory = $1::uuid and company <> all($2::uuid[])
;
-- {uuid,uuid} gives nothing
delete from factory_participant where factory = $1::uuid and company = $2
;
-- {uuid} gives nothing
delete from factory_sector where factory = $1
;
-- {} gives nothing
delete from idempotency_key where created_at < now() - interval '24 hours'
;
-- {uuid} gives nothing
delete from import_report_row where job = $1
;
-- {uuid} gives nothing
delete from initiative where id = $1::uuid
;
-- {uuid} gives nothing
delete from initiative_partner where initiative = $1::uuid
;
-- {uuid} gives nothing
delete from meeting where id = $1::uuid
;
-- {uuid,jsonb} gives nothing
delete from meeting_occurrence o where o.meeting = $1::uuid and not exists (
  select from jsonb_populate_recordset(null::meeting_occurrence, $2::jsonb) w
  where w.recurrence_id = o.recurrence_id)
;
-- {uuid,date} gives nothing
delete from membership where company = $1::uuid and joined_on = $2 and joined_on > directory_today()
;
-- {uuid} gives nothing
delete from partner where id = $1
;
-- {text} gives nothing
delete from sector where slug = $1
;
-- {text,jsonb} gives nothing
delete from sector_naf s where s.sector = $1 and not exists (
  select from jsonb_to_recordset($2::jsonb) w (nomenclature text, code text)
  where w.nomenclature = s.nomenclature and w.code = s.code)
;
-- {uuid} gives nothing
delete from webhook where id = $1
;
-- {uuid,uuid,bigint} gives nothing
delete from webhook_delivery where webhook = $1 and id <= (select id from webhook_delivery where webhook = $2 order by id desc offset $3 limit 1)
;
-- {uuid} gives nothing
delete from workshop where id = $1::uuid
;
-- {uuid,uuid,uuid} gives nothing
delete from workshop_assessment
where workshop = $1::uuid and presenter = $2::uuid and assessor = $3::uuid
;
-- {uuid,uuid[]} gives nothing
delete from workshop_participant where workshop = $1::uuid and company <> all($2::uuid[])
;
-- {uuid,uuid[]} gives nothing
delete from workshop_presenter where workshop = $1::uuid and company <> all($2::uuid[])
;
-- {uuid,uuid,text,text[],text,text[],bytea,"timestamp with time zone"} gives nothing
insert into api_key (id, partner, label, roles, prefix, origins, key_hash, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
;
-- {bytea} gives nothing
insert into api_key (name, label, roles, key_hash) values ('admin', 'DIRECTORY_ADMIN_KEY', '{admin}', $1)
on conflict (name) do update set key_hash = excluded.key_hash, label = excluded.label, created_at = now()
where api_key.key_hash <> excluded.key_hash
;
-- {bytea} gives nothing
insert into api_key (name, label, roles, key_hash) values ('admin', 'first start', '{admin}', $1) on conflict (name) do nothing
;
-- {date,uuid} gives nothing
insert into api_key_use (key, last) select id, $1 from api_key where id = $2
on conflict (key) do update set last = excluded.last where api_key_use.last < excluded.last
;
-- {uuid,bytea,text,uuid,text} gives nothing
insert into calendar_subscription (id, token_hash, actor, company, label) values ($1, $2, $3, $4, $5)
;
-- {jsonb} gives nothing
insert into cluster (slug, name, document)
select d ->> 'slug', d ->> 'name', d - 'slug' - 'name'
from cast($1 as jsonb) d
;
-- {text,text} gives nothing
insert into confidential_read (actor, request) values ($1, left($2, 10000))
;
-- {} gives nothing
insert into demonstration (id) select true
where not exists (select from company) and not exists (select from factory)
on conflict (id) do update set started_at = now(), finished_at = null
;
-- {uuid,jsonb} gives nothing
insert into event_place as p (event, position, place, commune, latitude, longitude)
select $1::uuid, w.position, w.place ->> 'name', w.place ->> 'commune',
  (w.place -> 'location' ->> 'lat')::double precision, (w.place -> 'location' ->> 'lon')::double precision
from jsonb_array_elements($2::jsonb) with ordinality w (place, position)
on conflict (event, position) do update
  set (place, commune, latitude, longitude)
    = (excluded.place, excluded.commune, excluded.latitude, excluded.longitude)
  where (p.place, p.commune, p.latitude, p.longitude)
    is distinct from (excluded.place, excluded.commune, excluded.latitude, excluded.longitude)
;
-- {uuid,text,text,text,text,text} gives nothing
insert into factory (id, slug, name, mission_fr, mission_en, status) values ($1, $2, $3, $4, $5, coalesce($6, 'forming'))
;
-- {uuid,jsonb} gives nothing
insert into factory_lead (factory, company, since)
select $1::uuid, w.company, w.since from jsonb_to_recordset($2::jsonb) w (company uuid, since date)
where not exists (select from factory_lead l
  where l.factory = $1::uuid and l.company = w.company and l.until is null)
on conflict (factory, company, since) do update set until = null
;
-- {uuid,uuid,date} gives nothing
insert into factory_lead (factory, company, since) values ($1, $2, $3)
on conflict (factory, company, since) do update set until = null
;
-- {uuid,uuid[]} gives nothing
insert into factory_participant (factory, company)
select $1::uuid, company from unnest($2::uuid[]) company on conflict do nothing
;
-- {uuid,uuid} gives nothing
insert into factory_participant (factory, company) values ($1::uuid, $2) on conflict do nothing
;
-- {uuid,uuid} gives nothing
insert into factory_participant values ($1, $2) on conflict do nothing
;
-- {uuid,text,integer} gives nothing
insert into factory_sector values ($1, $2, $3)
;
-- {text,text,text,bytea} gives nothing
insert into idempotency_key as k (actor, target, key, body_hash) values ($1, $2, $3, $4)
on conflict (actor, target, key)
do update set body_hash = excluded.body_hash, item = null, created_at = excluded.created_at
where k.created_at < now() - interval '24 hours'
;
-- {uuid,text,text,boolean,text} gives nothing
insert into import_job (id, kind, file_name, dry_run, actor, status) values ($1, $2, $3, $4, $5, 'queued')
;
-- {uuid,jsonb} gives nothing
insert into initiative_partner (initiative, position, company, name, url)
select $1::uuid, p.position, (p.partner ->> 'company')::uuid, p.partner ->> 'name', p.partner ->> 'url'
from jsonb_array_elements($2::jsonb) with ordinality p (partner, position)
;
-- {uuid,jsonb} gives nothing
insert into meeting_attendance (meeting, recurrence_id, company)
select $1::uuid, w.recurrence_id, w.company
from jsonb_to_recordset($2::jsonb) w (recurrence_id text, company uuid) on conflict do nothing
;
-- {uuid,jsonb} gives nothing
insert into meeting_occurrence as o
select (jsonb_populate_record(w, jsonb_build_object('meeting', $1::uuid))).*
from jsonb_populate_recordset(null::meeting_occurrence, $2::jsonb) w
on conflict (meeting, recurrence_id) do update set
  (status, starts_at, ends_at, title_fr, title_en, place, commune, latitude, longitude, link, agenda_fr, agenda_en, minutes)
  = (excluded.status, excluded.starts_at, excluded.ends_at, excluded.title_fr, excluded.title_en, excluded.place,
    excluded.commune, excluded.latitude, excluded.longitude, excluded.link, excluded.agenda_fr, excluded.agenda_en,
    excluded.minutes)
where o is distinct from excluded
;
-- {uuid,date,date,text} gives nothing
insert into membership (company, joined_on, left_on, origin) values ($1::uuid, $2, $3, $4)
;
-- {uuid,uuid,uuid,text,text} gives nothing
insert into participation_request (id, factory, company, message, actor) values ($1, $2::uuid, $3, $4, $5)
;
-- {uuid,text,text,text} gives nothing
insert into partner (id, name, plan, contact) values ($1, $2, $3, $4)
;
-- {uuid,"timestamp with time zone",text,text,jsonb,jsonb,boolean} gives nothing
insert into personal_erasure (id, at, actor, reason, terms, places, replayed_at)
values ($1, cast($2 as timestamptz), $3, $4, cast($5 as jsonb), cast($6 as jsonb),
  case when $7 then now() end)
;
-- {uuid,uuid,text,jsonb,jsonb,text} gives nothing
insert into proposal (id, company, topic, before, after, actor) values ($1, $2::uuid, $3, $4::jsonb, $5::jsonb, $6)
;
-- {text,text,text} gives nothing
insert into reference_vintage (name, vintage, checksum) values ($1, $2, $3)
on conflict (name) do update
  set vintage = excluded.vintage, checksum = excluded.checksum, loaded_at = now()
;
-- {text,jsonb} gives nothing
insert into sector_naf (sector, nomenclature, code)
select $1, w.nomenclature, w.code
from jsonb_to_recordset($2::jsonb) w (nomenclature text, code text) on conflict do nothing
;
-- {text,date,integer,boolean} gives nothing
insert into vintage (id, as_of, correction, interim) values ($1, $2, $3, $4)
;
-- {text,date,boolean} gives nothing
insert into vintage (id, as_of, interim) values ($1, $2, $3) on conflict do nothing
;
-- {text,uuid,text[],text[],text[],text,text[],text,date,integer,date} gives nothing
insert into vintage_company (vintage, company, departements, epcis, named_places, size_class, sectors, origin, joined_on, headcount, since) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
;
-- {uuid,uuid,text,jsonb,text} gives nothing
insert into webhook (id, partner, url, parameters, description) values ($1, $2, $3, $4::jsonb, $5)
;
-- {uuid,text,bigint,bigint,bigint,text,text,"timestamp with time zone"} gives nothing
insert into webhook_progress (webhook, epoch, meaning, base, place_revision, place_type, place_id, next_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
;
-- {uuid,bytea} gives nothing
insert into webhook_secret (webhook, secret) values ($1, $2)
;
-- {uuid,uuid,uuid,jsonb} gives nothing
insert into workshop_assessment as a
  (workshop, presenter, assessor, viability, viability_conclusion, durability, durability_conclusion)
select $1::uuid, $2::uuid, $3::uuid, (w.given ->> 'viability')::integer,
  w.given -> 'conclusion' ->> 'viability', (w.given ->> 'durability')::integer,
  w.given -> 'conclusion' ->> 'durability'
from (select $4::jsonb as given) w
on conflict (workshop, presenter, assessor) do update set
  (viability, viability_conclusion, durability, durability_conclusion)
    = (excluded.viability, excluded.viability_conclusion, excluded.durability, excluded.durability_conclusion)
  where (a.viability, a.viability_conclusion, a.durability, a.durability_conclusion) is distinct from
    (excluded.viability, excluded.viability_conclusion, excluded.durability, excluded.durability_conclusion)
;
-- {uuid,uuid[]} gives nothing
insert into workshop_participant (workshop, company)
select $1::uuid, company from unnest($2::uuid[]) company on conflict do nothing
;
-- {uuid,jsonb} gives nothing
insert into workshop_presenter as p (workshop, company, position, subject, target_markets)
select $1::uuid, (w.presenter ->> 'company')::uuid, w.position, w.presenter ->> 'subject',
  array(select jsonb_array_elements_text(w.presenter -> 'targetMarkets'))
from jsonb_array_elements($2::jsonb) with ordinality w (presenter, position)
on conflict (workshop, company) do update
  set (position, subject, target_markets) = (excluded.position, excluded.subject, excluded.target_markets)
  where (p.position, p.subject, p.target_markets)
    is distinct from (excluded.position, excluded.subject, excluded.target_markets)
;
-- {uuid,uuid} gives {boolean,boolean,boolean,boolean}
select
  exists (select from factory_lead l where l.factory = f.id and l.company = $1 and l.until is null),
  exists (select from factory_participant p where p.factory = f.id and p.company = $1),
  exists (select from participation_request r
    where r.factory = f.id and r.company = $1 and r.status = 'open'),
  f.status = 'closed'
from factory f where f.id = $2::uuid
;
-- {} gives {text,bigint,"timestamp with time zone",bigint,"timestamp with time zone",bigint,bigint,bigint}
select (select id::text from epoch) as epoch,
       coalesce((select max(revision) from revision), 0) as revision,
       (select committed_at from revision order by revision desc limit 1) as committed_at,
       coalesce(p.revision, 0) as public_revision,
       coalesce(p.committed_at, 'epoch') as public_at,
       (select count(*) from personal_erasure) as erasures,
       h.public as feed_horizon, h.audit as audit_horizon
from log_horizon h
left join lateral (select revision, committed_at from revision
  where public order by revision desc limit 1) p on true
;
-- {bigint} gives {uuid,text,text,boolean,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone",bigint,bigint,bigint,bigint,bigint,bigint,text,text}
select * from import_job order by created_at desc, id desc limit $1
;
-- {uuid} gives {uuid,text,text,boolean,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone",bigint,bigint,bigint,bigint,bigint,bigint,text,text}
select * from import_job where id = $1
;
-- {uuid,bigint,bigint} gives {bigint,uuid,text,text,bigint,integer,"timestamp with time zone",integer,integer,text,"timestamp with time zone"}
select * from webhook_delivery
where webhook = $1 and ($2::bigint is null or id < $2)
order by id desc limit $3
;
-- {} gives {integer}
select 1
;
-- {text,text,bigint,bigint} gives {bigint,"timestamp with time zone",text,text,text}
select a.revision, r.committed_at, r.actor, a.document::text as after,
  (select p.document::text from audit_image p
   where p.type = a.type and p.id = a.id and p.revision < a.revision
   order by p.revision desc limit 1) as before
from audit_image a join revision r on r.revision = a.revision
where a.type = $1 and a.id = $2 and ($3::bigint is null or a.revision < $3)
order by a.revision desc limit $4
;
-- {text} gives {void}
select act_as($1)
;
-- {} gives {void}
select act_as('reference-data')
;
-- {} gives {void}
select act_as('replay of erasures')
;
-- {} gives {void}
select act_as('statistics')
;
-- {text,text,text} gives {bytea,text}
select body_hash, item from idempotency_key where actor = $1 and target = $2 and key = $3
;
-- {} gives {text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text}
select c.id::text, c.slug, c.name, c.legal_name, c.siren, c.siret, c.description_fr, c.description_en,
  c.website, c.email, c.phone, c.commune, c.address, c.postal_code, c.latitude::text, c.longitude::text,
  array_to_string(array(select s.sector from company_sector s where s.company = c.id
                        order by s.position, s.sector), '|'),
  c.naf, c.naf_nomenclature, c.founded_year::text, c.headcount::text, c.size_class, c.hiring::text,
  array_to_string(c.export_markets, '|'), c.logo,
  (select string_agg(key || '=' || value, '|' order by key) from jsonb_each_text(c.social)),
  m.origin, m.joined_on::text, m.left_on::text, c.publication
from company c
left join lateral (select * from membership m where m.company = c.id order by m.joined_on desc limit 1) m on true
where c.source = 'cluster'
order by c.slug
;
-- {text[]} gives {text,text,boolean,boolean}
select c.id::text, c.slug, c.publication = 'published', is_member(c.id, directory_today())
from company c where c.id::text = any($1) or c.slug = any($1)
;
-- {uuid,text} gives {text}
select case when exists (select from factory_lead l
    where l.factory = f.id and l.company = $1 and l.until is null) then 'OWN' else 'OTHERS' end
from factory f where f.slug = $2 or f.id::text = lower($2) limit 1
;
-- {uuid,text} gives {text}
select case when exists (select from factory_lead l
    where l.factory = i.factory and l.company = $1 and l.until is null) then 'OWN'
  when i.publication = 'published' then 'OTHERS' else 'HIDDEN' end
from initiative i where i.slug = $2 or i.id::text = lower($2) limit 1
;
-- {uuid,text} gives {text}
select case when exists (select from factory_lead l
    where l.factory = m.factory and l.company = $1 and l.until is null) then 'OWN'
  when m.publication = 'published' and (m.visibility = 'public' or is_member($1, directory_today()))
    then 'OTHERS' else 'HIDDEN' end
from meeting m where m.id::text = lower($2)
;
-- {uuid,text} gives {text}
select case when id = $1 then 'OWN' when publication = 'published' then 'OTHERS' else 'HIDDEN' end
from company where id::text = lower($2) or slug = $2 or siren = $2 or siret = $2
order by id = $1 desc limit 1
;
-- {uuid,text} gives {text}
select case when is_member($1, directory_today())
    or exists (select from factory_participant p where p.factory = f.id and p.company = $1)
    or exists (select from participation_request r where r.factory = f.id and r.company = $1)
  then 'OWN' else 'OTHERS' end
from factory f where f.slug = $2 or f.id::text = lower($2) limit 1
;
-- {uuid,text} gives {text}
select case when is_member($1, directory_today()) and exists (
    select from workshop_participant p where p.workshop = w.id and p.company = $1)
  then 'OWN' else 'OTHERS' end
from workshop w where w.id::text = lower($2) and w.publication = 'published'
;
-- {date} gives {text}
select cluster_on(document, $1)::text from cluster_document
;
-- {xid8} gives {bigint}
select coalesce((select revision from revision where transaction = $1::xid8),
                (select max(revision) from revision), 0)
;
-- {"timestamp with time zone"} gives {bigint}
select coalesce(max(revision), 0) from revision where committed_at < $1
;
-- {uuid} gives {numeric}
select coalesce(sum(octet_length(m::text)), 0) + coalesce(sum((
  select sum(octet_length(o::text)) from meeting_occurrence o where o.meeting = m.id)), 0)
from meeting m where m.factory = $1::uuid
;
-- {text} gives {text}
select code from territory where code = $1 or slug = $1
;
-- {} gives {text}
select code from territory where level = 'commune'
;
-- {} gives {text,text}
select code, current from former_commune
;
-- {} gives {text,text,text}
select code, label_fr, label_en from size_class order by rank
;
-- {text} gives {text,text,text}
select code, level, name from territory where code = coalesce(current_commune($1), $1)
;
-- {} gives {text,integer,integer}
select code, low, high from size_class
;
-- {} gives {text,text}
select code, nomenclature from naf
;
-- {bigint} gives {"timestamp with time zone"}
select committed_at from revision where revision = $1
;
-- {uuid} gives {uuid}
select company from factory_participant where factory = $1
;
-- {text} gives {uuid,text[],text[],text[],text,text[],text,date,integer,date}
select company, departements, epcis, named_places, size_class, sectors, origin, joined_on, headcount, since from vintage_company where vintage = $1 order by company
;
-- {uuid} gives {uuid,date}
select company, since from factory_lead where factory = $1 and until is null
;
-- {uuid,date} gives {text,text}
select company::text, since::text from factory_leads_on($1::uuid, $2) order by since, company
;
-- {date} gives {bigint,bigint,numeric}
select count(*) filter (where day > ($1::date - interval '1 year') and day <= $1) as workshops,
  count(*) filter (where full_year and plans > 0) as with_plans,
  coalesce(sum(plans) filter (where full_year), 0) as plans
from (
  select (w.starts_at at time zone 'Europe/Paris')::date as day,
    extract(year from w.starts_at at time zone 'Europe/Paris') = extract(year from $1::date) - 1 as full_year,
    (select count(*) from workshop_presenter p where p.workshop = w.id) as plans
  from workshop w where w.status = 'held' and w.publication = 'published') w
;
-- {uuid} gives {bigint}
select count(*) from api_key where partner = $1
;
-- {text,text} gives {bigint}
select count(*) from audit_image where type = $1 and id = $2
;
-- {uuid,text} gives {bigint}
select count(*) from calendar_subscription
where case when $1::uuid is null then company is null and actor = $2 else company = $1::uuid end
;
-- {uuid} gives {bigint}
select count(*) from calendar_subscription where $1::uuid is null or company = $1::uuid
;
-- {} gives {bigint}
select count(*) from import_job
;
-- {} gives {bigint}
select count(*) from partner
;
-- {} gives {bigint}
select count(*) from personal_erasure
;
-- {uuid} gives {bigint}
select count(*) from webhook where $1::uuid is null or partner = $1::uuid
;
-- {uuid} gives {bigint}
select count(*) from webhook_delivery where webhook = $1
;
-- {} gives {integer,bigint,name,boolean}
select current_setting('server_version_num')::int, system_identifier, current_database(),
  pg_is_in_recovery() from pg_control_system()
;
-- {uuid} gives {text}
select d.document::text from meeting m join meeting_document d on d.id = m.id::text
where m.factory = $1::uuid and (m.rule is not null or m.ends_at > now())
;
-- {uuid,jsonb} gives {date}
select day_of_third_lead($1, $2::jsonb)
;
-- {uuid,jsonb} gives {date}
select day_of_third_lead($1::uuid, $2::jsonb)
;
-- {} gives {date}
select directory_today()
;
-- {text[]} gives {text}
select distinct code from naf where code = any($1)
;
-- {} gives {text}
select distinct unnest(postal_codes) from territory where level = 'commune'
;
-- {text,uuid} gives {boolean}
select exists (select from calendar_subscription where id::text = lower($1) and company = $2)
;
-- {text} gives {boolean}
select exists (select from cluster
  where jsonb_path_exists(document -> 'strengths', '$.**.slug ? (@ == $slug)', jsonb_build_object('slug', $1::text))
    or jsonb_path_exists(document -> 'otherSectors', '$.**.slug ? (@ == $slug)', jsonb_build_object('slug', $1::text)))
;
-- {} gives {boolean}
select exists (select from cluster)
;
-- {uuid} gives {boolean}
select exists (select from company
  where id = $1 and publication = 'published' and is_member(id, directory_today()))
;
-- {} gives {boolean}
select exists (select from demonstration where finished_at is null)
;
-- {uuid,uuid} gives {boolean}
select exists (select from factory_lead
  where factory = $1::uuid and company = $2 and until is null)
;
-- {uuid,uuid,date} gives {boolean}
select exists (select from factory_lead
  where factory = $1::uuid and company = $2::uuid and until > $3::date)
;
-- {uuid,uuid,date} gives {boolean}
select exists (select from factory_lead where factory = $1 and company = $2
  and until is not null and (until > $3 or since = $3))
;
-- {uuid} gives {boolean}
select exists (select from factory_lead where factory = $1::uuid)
;
-- {} gives {boolean}
select exists (select from import_job where status in ('queued', 'running'))
;
-- {uuid} gives {boolean}
select exists (select from initiative where factory = $1::uuid)
;
-- {uuid} gives {boolean}
select exists (select from partner where id = $1)
;
-- {text,uuid} gives {boolean}
select exists (select from proposal where id::text = lower($1) and company = $2)
;
-- {uuid} gives {boolean}
select exists (select from webhook where id = $1)
;
-- {text,uuid} gives {boolean}
select exists (select from webhook where id::text = lower($1) and partner = $2)
;
-- {uuid,uuid,uuid} gives {boolean}
select exists (select from workshop_assessment
  where workshop = $1::uuid and presenter = $2::uuid and assessor = $3::uuid)
;
-- {} gives {text,text,text,text,text,text,text,text,text,text,text,text}
select f.id::text, f.slug, f.name, f.mission_fr, f.mission_en,
  array_to_string(array(select s.sector from factory_sector s where s.factory = f.id
                        order by s.position, s.sector), '|'),
  f.status, l.slugs[1], l.since[1]::text, l.slugs[2], l.since[2]::text,
  (select string_agg(c.slug, '|' order by c.slug) from factory_participant p join company c on c.id = p.company
   where p.factory = f.id)
from factory f
left join lateral (
  select array_agg(c.slug order by l.since, l.company) as slugs, array_agg(l.since order by l.since, l.company) as since
  from factory_lead l join company c on c.id = l.company
  where l.factory = f.id and l.until is null) l on true
order by f.slug
;
-- {date} gives {uuid,uuid}
select factory, company from factory_participation
where (since is null or since <= $1) and (until is null or until > $1)
union select factory, company from factory_lead where since <= $1 and (until is null or until > $1)
;
-- {uuid,date} gives {text}
select factory_status_on($1::uuid, $2)
;
-- {uuid} gives {}
select from company where id = $1 for key share
;
-- {text} gives {}
select from factory f where f.id in (
  select factory from initiative where id::text = $1 or slug = $1) for share
;
-- {uuid} gives {}
select from factory where id = $1::uuid for no key update
;
-- {uuid} gives {}
select from partner where id = $1 for update
;
-- {uuid} gives {}
select from webhook where id = $1 for update
;
-- {} gives {text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text}
select i.id::text, i.slug, f.slug, i.kind, i.title_fr, i.title_en, i.summary_fr, i.summary_en, i.status,
  i.started_on::text, i.ended_on::text, i.outcome_fr, i.outcome_en,
  (select string_agg(c.slug, '|' order by p.position) from initiative_partner p join company c on c.id = p.company
   where p.initiative = i.id),
  (select string_agg(p.name || coalesce('=' || p.url, ''), '|' order by p.position) from initiative_partner p
   where p.initiative = i.id and p.company is null),
  i.publication
from initiative i join factory f on f.id = i.factory
order by i.slug
;
-- {text} gives {uuid}
select id from company where id::text = $1 or slug = $1 or siren = $1 for key share
;
-- {} gives {uuid}
select id from import_job where status in ('queued', 'running')
;
-- {date,integer} gives {text}
select id from vintage where as_of = $1 and correction < $2 and status = 'published'
order by correction desc limit 1
;
-- {} gives {text,date,integer,boolean}
select id, as_of, correction, interim from vintage where status = 'preparing' order by requested_at, as_of, correction limit 1
;
-- {text} gives {text,date,text,"timestamp with time zone","timestamp with time zone",text,text}
select id, as_of, status, requested_at, published_at, checksum, report from vintage where id = $1
;
-- {} gives {uuid,"timestamp with time zone",text,text,integer,text,"timestamp with time zone"}
select id, at, actor, reason, jsonb_array_length(terms) as terms, places::text as places, replayed_at from personal_erasure
;
-- {bigint} gives {uuid,"timestamp with time zone",text,text,integer,text,"timestamp with time zone"}
select id, at, actor, reason, jsonb_array_length(terms) as terms, places::text as places, replayed_at from personal_erasure order by at desc, id desc limit $1
;
-- {uuid} gives {uuid,"timestamp with time zone",text,text,integer,text,"timestamp with time zone"}
select id, at, actor, reason, jsonb_array_length(terms) as terms, places::text as places, replayed_at from personal_erasure where id = $1
;
-- {} gives {uuid,uuid,text,"timestamp with time zone",date}
select id, company, label, created_at, last_used from calendar_subscription
;
-- {uuid,uuid,bigint} gives {uuid,uuid,text,"timestamp with time zone",date}
select id, company, label, created_at, last_used from calendar_subscription where ($1::uuid is null or company = $1::uuid) and ($2::uuid is null or id > $2::uuid)
order by id limit $3
;
-- {uuid} gives {uuid,uuid,text,"timestamp with time zone",date}
select id, company, label, created_at, last_used from calendar_subscription where id = $1
;
-- {bytea} gives {uuid,uuid,boolean}
select id, company, last_used is not distinct from current_date from calendar_subscription where token_hash = $1
;
-- {} gives {text,text}
select id, content from vintage where status = 'published' order by published_at, id
;
-- {date} gives {text,integer,text}
select id, correction, status from vintage where as_of = $1 order by correction desc limit 1 for update
;
-- {} gives {uuid,bytea}
select id, secret from signing_key order by created_at, id
;
-- {text} gives {text}
select id::text from event where slug = $1
;
-- {text} gives {text}
select id::text from factory where id::text = $1 or slug = $1
;
-- {text} gives {text}
select id::text from initiative where slug = $1
;
-- {"timestamp with time zone"} gives {text}
select id::text from workshop where starts_at = $1::timestamptz
;
-- {uuid,date} gives {boolean}
select is_member($1, $2)
;
-- {uuid} gives {boolean}
select is_member($1, directory_today())
;
-- {uuid} gives {boolean}
select is_member($1::uuid, directory_today())
;
-- {} gives {uuid,bytea,text[],uuid,text[],"timestamp with time zone",text}
select k.id, k.key_hash, k.roles, k.partner, k.origins, k.expires_at, p.plan
from api_key k left join partner p on p.id = k.partner
where k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
;
-- {uuid} gives {uuid,text,text,text[],text[],"timestamp with time zone","timestamp with time zone","timestamp with time zone",date,text}
select k.id, k.label, k.prefix, k.roles, k.origins, k.created_at, k.expires_at, k.revoked_at, u.last,
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as status
from api_key k left join api_key_use u on u.key = k.id
where k.partner = $1
;
-- {uuid,uuid} gives {uuid,text,text,text[],text[],"timestamp with time zone","timestamp with time zone","timestamp with time zone",date,text}
select k.id, k.label, k.prefix, k.roles, k.origins, k.created_at, k.expires_at, k.revoked_at, u.last,
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as status
from api_key k left join api_key_use u on u.key = k.id
where k.partner = $1
and k.id = $2
;
-- {uuid,bigint} gives {uuid,text,text,text[],text[],"timestamp with time zone","timestamp with time zone","timestamp with time zone",date,text}
select k.id, k.label, k.prefix, k.roles, k.origins, k.created_at, k.expires_at, k.revoked_at, u.last,
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as status
from api_key k left join api_key_use u on u.key = k.id
where k.partner = $1
order by k.created_at desc, k.id desc limit $2
;
-- {uuid,uuid} gives {boolean}
select lease is not distinct from $1 from webhook_progress where webhook = $2 for update
;
-- {"timestamp with time zone",text} gives {text}
select m.id::text from meeting m join factory f on f.id = m.factory
where m.starts_at = $1::timestamptz and (f.slug = $2 or f.id::text = $2)
;
-- {} gives {text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text,text}
select m.id::text, f.slug, m.title_fr, m.title_en, utc_text(m.starts_at), utc_text(m.ends_at), m.rule,
  (select string_agg(o.recurrence_id, '|' order by o.recurrence_id) from meeting_occurrence o
   where o.meeting = m.id and o.status = 'cancelled'),
  (select string_agg(o.recurrence_id || '=' || utc_text(o.starts_at) || '/' || utc_text(o.ends_at), '|' order by o.recurrence_id)
   from meeting_occurrence o where o.meeting = m.id and o.starts_at is not null),
  m.place, m.commune, m.latitude::text, m.longitude::text, m.link, m.agenda_fr, m.agenda_en, m.minutes,
  m.visibility, m.status, m.publication
from meeting m join factory f on f.id = m.factory
order by f.slug, m.starts_at, m.id
;
-- {} gives {text}
select name from disabled_trigger order by name
;
-- {} gives {text,text}
select name, code from territory where level = 'commune'
;
-- {} gives {text,text,text}
select name, vintage, checksum from reference_vintage
;
-- {} gives {uuid,uuid,text,text,text,text,text,text,text,"timestamp with time zone",text,"timestamp with time zone",text}
select p.id, p.company, c.slug, c.name, p.topic, p.before::text as before, p.after::text as after,
  p.status, p.actor, p.created_at, p.decided_by, p.decided_at, p.reason
from proposal p join company c on c.id = p.company
;
-- {text,text,jsonb,jsonb} gives {uuid,uuid,text,text,text,text,text,text,text,"timestamp with time zone",text,"timestamp with time zone",text}
select p.id, p.company, c.slug, c.name, p.topic, p.before::text as before, p.after::text as after,
  p.status, p.actor, p.created_at, p.decided_by, p.decided_at, p.reason
from proposal p join company c on c.id = p.company
 where p.company::text = $1 and p.topic = $2 and p.status = 'open' and p.before = $3::jsonb and p.after = $4::jsonb
;
-- {} gives {uuid,uuid,text,text,uuid,text,text,text,text,text,"timestamp with time zone",text,"timestamp with time zone",text}
select p.id, p.factory, f.slug as factory_slug, f.name as factory_name, p.company, c.slug, c.name,
  p.message, p.status, p.actor, p.created_at, p.decided_by, p.decided_at, p.reason
from participation_request p join factory f on f.id = p.factory join company c on c.id = p.company
;
-- {} gives {uuid,text,text,text,"timestamp with time zone",bigint}
select p.id, p.name, p.plan, p.contact, p.created_at,
  (select count(*) from api_key k where k.partner = p.id and k.revoked_at is null
     and (k.expires_at is null or k.expires_at > now())) as keys
from partner p
;
-- {bigint} gives {uuid,text,text,text,"timestamp with time zone",bigint}
select p.id, p.name, p.plan, p.contact, p.created_at,
  (select count(*) from api_key k where k.partner = p.id and k.revoked_at is null
     and (k.expires_at is null or k.expires_at > now())) as keys
from partner p
order by lower(p.name) limit $1
;
-- {uuid} gives {uuid,text,text,text,"timestamp with time zone",bigint}
select p.id, p.name, p.plan, p.contact, p.created_at,
  (select count(*) from api_key k where k.partner = p.id and k.revoked_at is null
     and (k.expires_at is null or k.expires_at > now())) as keys
from partner p
where p.id = $1
;
-- {uuid} gives {text}
select parameters::text from webhook where id = $1
;
-- {} gives {void}
select pg_advisory_xact_lock(hashtext('reference data'))
;
-- {text} gives {void}
select pg_advisory_xact_lock(hashtextextended($1, 0))
;
-- {} gives {void}
select pg_advisory_xact_lock(hashtextextended('directory imports', 0))
;
-- {} gives {integer}
select pg_backend_pid()
;
-- {text} gives {text}
select pg_current_xact_id()::text from act_as($1)
;
-- {text,integer,"timestamp with time zone",bigint} gives {boolean}
select pg_is_in_recovery() and (select id::text from epoch) = $1
  and ($2 = 0 or exists (select from revision where revision = $2 and committed_at = $3))
  and (select count(*) from personal_erasure) >= $4
;
-- {} gives {boolean}
select pg_try_advisory_xact_lock(hashtext('vintage'))
;
-- {} gives {boolean}
select pg_try_advisory_xact_lock(hashtextextended('directory imports', 0))
;
-- {text} gives {boolean}
select pg_try_advisory_xact_lock(hashtextextended('import job ' || $1, 0))
;
-- {"timestamp with time zone",uuid} gives {bytea,bytea}
select secret, case when former_until > $1 then former end as former
from webhook_secret where webhook = $2
;
-- {uuid} gives {text}
select sector from factory_sector where factory = $1 order by position, sector
;
-- {} gives {text,text}
select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)
;
-- {} gives {text,text,text}
select slug, label_fr, label_en from sector order by slug
;
-- {text} gives {text,text,text}
select slug, label_fr, label_en from sector where slug = $1 for share
;
-- {uuid} gives {text,text}
select slug, name from company where id = $1::uuid and publication = 'published'
;
-- {uuid} gives {boolean}
select starts_at <= now() from workshop where id = $1::uuid
;
-- {} gives {text,text}
select type, view::text as view from aggregate_type
;
-- {text[]} gives {text,text}
select type, view::text as view from aggregate_type where type = any($1)
;
-- {} gives {uuid,uuid,text,text,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone",bigint}
select w.id, w.partner, w.url, w.parameters::text as parameters, w.description, w.reason, w.created_at,
  p.failing_since, p.delivered_at,
  (select former_until from webhook_secret s where s.webhook = w.id and s.former_until > now()) as former_until,
  (select count(*) from (select from public_change c
    where c.revision >= p.place_revision
      and (c.revision > p.place_revision or (c.type, c.id) > (p.place_type, p.place_id))
      and c.type = any (string_to_array(w.parameters ->> 'types', ','))
    limit 1000) waiting) as backlog
from webhook w join webhook_progress p on p.webhook = w.id
;
-- {uuid,uuid,bigint} gives {uuid,uuid,text,text,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone",bigint}
select w.id, w.partner, w.url, w.parameters::text as parameters, w.description, w.reason, w.created_at,
  p.failing_since, p.delivered_at,
  (select former_until from webhook_secret s where s.webhook = w.id and s.former_until > now()) as former_until,
  (select count(*) from (select from public_change c
    where c.revision >= p.place_revision
      and (c.revision > p.place_revision or (c.type, c.id) > (p.place_type, p.place_id))
      and c.type = any (string_to_array(w.parameters ->> 'types', ','))
    limit 1000) waiting) as backlog
from webhook w join webhook_progress p on p.webhook = w.id
where ($1::uuid is null or w.partner = $1::uuid) and ($2::uuid is null or w.id > $2::uuid)
order by w.id limit $3
;
-- {uuid} gives {uuid,uuid,text,text,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone",bigint}
select w.id, w.partner, w.url, w.parameters::text as parameters, w.description, w.reason, w.created_at,
  p.failing_since, p.delivered_at,
  (select former_until from webhook_secret s where s.webhook = w.id and s.former_until > now()) as former_until,
  (select count(*) from (select from public_change c
    where c.revision >= p.place_revision
      and (c.revision > p.place_revision or (c.type, c.id) > (p.place_type, p.place_id))
      and c.type = any (string_to_array(w.parameters ->> 'types', ','))
    limit 1000) waiting) as backlog
from webhook w join webhook_progress p on p.webhook = w.id
where w.id = $1
;
-- {} gives {text,text,text,text,text,text,text,text,text,text,text,text,text}
select w.id::text, w.subject_fr, w.subject_en, utc_text(w.starts_at), utc_text(w.ends_at),
  w.place, w.commune, w.latitude::text, w.longitude::text, w.status, w.publication,
  (select string_agg(c.slug, '|' order by c.slug) from workshop_participant p join company c on c.id = p.company
   where p.workshop = w.id),
  (select string_agg(c.slug || '=' || array_to_string(p.target_markets, ',') || '=' || replace(p.subject, '|', '/'),
     '|' order by p.position)
   from workshop_presenter p join company c on c.id = p.company where p.workshop = w.id)
from workshop w
order by w.starts_at, w.id
;
-- {uuid} gives nothing
update api_key set revoked_at = now() where id = $1 and revoked_at is null
;
-- {integer,uuid} gives nothing
update api_key set rotated_at = now(),
  expires_at = least(expires_at, now() + make_interval(hours => $1))
where id = $2 and revoked_at is null and rotated_at is null
  and (expires_at is null or expires_at > now())
;
-- {bytea} gives nothing
update calendar_subscription set last_used = current_date where token_hash = $1
;
-- {uuid} gives nothing
update company set source = 'cluster' where id = $1::uuid and source <> 'cluster'
;
-- {} gives nothing
update demonstration set finished_at = now()
;
-- {text} gives nothing
update epoch set id = gen_random_uuid(), since = now() where id::text = $1
;
-- {jsonb,uuid} gives nothing
update factory_lead l set since = w.since
from jsonb_to_recordset($1::jsonb) w (company uuid, since date)
where l.factory = $2::uuid and l.until is null and l.company = w.company and l.since <> w.since
;
-- {jsonb,uuid} gives nothing
update factory_lead l set until = greatest(l.since, least(directory_today(), (
  select min(w.since) from jsonb_to_recordset($1::jsonb) w (company uuid, since date)
  where not exists (select from factory_lead c
    where c.factory = $2::uuid and c.until is null and c.company = w.company))))
where l.factory = $2::uuid and l.until is null
  and not exists (select from jsonb_to_recordset($1::jsonb) w (company uuid) where w.company = l.company)
;
-- {date,uuid,uuid} gives nothing
update factory_lead set since = $1 where factory = $2 and company = $3 and until is null
;
-- {date,uuid,uuid} gives nothing
update factory_lead set until = greatest(since, $1) where factory = $2 and company = $3 and until is null
;
-- {text,text,text,text} gives nothing
update idempotency_key set item = $1 where actor = $2 and target = $3 and key = $4
;
-- {text,text,uuid} gives nothing
update import_job set status = 'failed', finished_at = clock_timestamp(), failure_fr = $1, failure_en = $2,
  rows_read = 0, rows_created = 0, rows_updated = 0, rows_unchanged = 0, rows_skipped = 0, rows_rejected = 0
where id = $3 and status in ('queued', 'running')
;
-- {uuid} gives nothing
update import_job set status = 'running', started_at = now() where id = $1 and status = 'queued'
;
-- {date,text,uuid,date,date,text} gives nothing
update membership set left_on = $1, origin = $2
where company = $3::uuid and joined_on = $4 and (left_on, origin) is distinct from ($5, $6)
;
-- {text,text,text,uuid} gives nothing
update partner set name = $1, plan = $2, contact = $3 where id = $4
;
-- {text,uuid,text} gives nothing
update proposal set status = 'replaced', decided_at = now(), decided_by = $1 where company = $2::uuid and topic = $3 and status = 'open'
;
-- {text,boolean,text} gives nothing
update vintage set status = $1, interim = $2, report = null, requested_at = clock_timestamp() where id = $3
;
-- {"timestamp with time zone",text,text,text,text} gives nothing
update vintage set status = 'published', published_at = $1, content = $2,
  checksum = $3, report = $4 where id = $5
;
-- {text,text} gives nothing
update vintage set status = 'refused', report = $1 where id = $2
;
-- {text,uuid} gives nothing
update webhook set enabled = false, reason = $1 where id = $2
;
-- {uuid} gives nothing
update webhook set rotated_at = now() where id = $1
;
-- {text,jsonb,text,boolean,text,uuid} gives nothing
update webhook set url = $1, parameters = $2::jsonb, description = $3, enabled = $4, reason = $5 where id = $6
;
-- {integer,"timestamp with time zone",uuid} gives nothing
update webhook_progress set attempts = $1, failing_since = $2,
  lease = null, leased_until = null where webhook = $3
;
-- {integer,"timestamp with time zone","timestamp with time zone",uuid,uuid} gives nothing
update webhook_progress set attempts = $1, failing_since = $2, next_at = $3,
  lease = null, leased_until = null
where webhook = $4 and lease = $5
;
-- {text,bigint,bigint,bigint,text,text,boolean,"timestamp with time zone",uuid} gives nothing
update webhook_progress set epoch = $1, meaning = $2, base = $3,
  place_revision = $4, place_type = $5, place_id = $6,
  restart_at = case when $7 then $8::timestamptz else restart_at end
where webhook = $9
;
-- {boolean,"timestamp with time zone",uuid} gives nothing
update webhook_progress set lease = null, leased_until = null,
  next_at = case when $1 then $2::timestamptz else next_at end,
  attempts = case when $1 then 0 else attempts end,
  failing_since = case when $1 then null else failing_since end
where webhook = $3
;
-- {"timestamp with time zone",uuid,uuid} gives nothing
update webhook_progress set next_at = $1, lease = null, leased_until = null where webhook = $2 and lease = $3
;
-- {bytea,integer,uuid} gives nothing
update webhook_secret set secret = $1,
  former = case when $2 > 0 then secret end,
  former_until = case when $2 > 0 then now() + make_interval(hours => $2) end
where webhook = $3
;
-- {text,text,bigint,integer,"timestamp with time zone",integer,integer,text,"timestamp with time zone",uuid} gives {bigint,text,text,bigint,integer,"timestamp with time zone",integer,integer,text,"timestamp with time zone"}
with added as (
  insert into webhook_delivery (webhook, event, type, revision, attempt, at, status, duration, error, next_at)
  select id, $1, $2, $3, $4, $5, $6, $7, $8, $9
  from webhook where id = $10 for key share
  returning id
)
select coalesce((select id from added), 0) as id, $1 as event, $2 as type,
  $3::bigint as revision, $4::integer as attempt, $5::timestamptz as at,
  $6::integer as status, $7::integer as duration, $8::text as error,
  $9::timestamptz as next_at
;
-- {"timestamp with time zone",text,bigint,uuid[],uuid,"timestamp with time zone"} gives {uuid,text,bigint,bigint,bigint,text,text,"timestamp with time zone",integer,"timestamp with time zone","timestamp with time zone","timestamp with time zone",uuid,"timestamp with time zone",uuid,text,text,bytea,bytea}
with next as materialized (
  select p.webhook from webhook_progress p join webhook w on w.id = p.webhook
  where w.enabled and p.next_at <= $1 and (p.lease is null or p.leased_until <= $1)
    and (p.restart_at is not null or p.epoch <> $2 or p.base < $3)
    and w.partner <> all ($4)
  order by p.next_at, p.webhook limit 1 for update of p skip locked
), taken as (
  update webhook_progress p set lease = $5, leased_until = $6
  from next where p.webhook = next.webhook returning p.*
)
select t.*, w.partner, w.url, w.parameters::text as parameters, s.secret,
  case when s.former_until > $1 then s.former end as former
from taken t join webhook w on w.id = t.webhook join webhook_secret s on s.webhook = t.webhook
;
-- {date} gives {uuid,text[],text[],text[],text,text[],text,date,integer,date}
with place as materialized (
  select p.commune, t.code, t.level, t.named_place
  from (select territory as commune, container as code from territory_within
    union select code, code from territory) p
  join territory t on t.code = p.code
  where t.level in ('departement', 'epci') or t.named_place
), places as (
  select commune,
    coalesce(array_agg(code order by code) filter (where level = 'departement'), '{}') as departements,
    coalesce(array_agg(code order by code) filter (where level = 'epci'), '{}') as epcis,
    coalesce(array_agg(code order by code) filter (where named_place), '{}') as named_places
  from place group by commune
)
select c.id as company, coalesce(p.departements, '{}') as departements, coalesce(p.epcis, '{}') as epcis,
  coalesce(p.named_places, '{}') as named_places,
  s.size_class, s.sectors, m.origin, m.joined_on, s.headcount, s.since
from membership m
join company c on c.id = m.company and (c.publication = 'published'
  or (c.publication = 'archived' and m.left_on <= directory_today()))
join (
  select distinct on (company) * from (
    select *, max(valid_from) filter (where changed)
      over (partition by company order by valid_from) as since
    from (
      select *, row_number() over before > 1
        and headcount is distinct from lag(headcount) over before as changed
      from company_state window before as (partition by company order by valid_from)) told) run
  where valid_to is null or valid_to > $1 order by company, valid_from) s on s.company = c.id
left join places p on p.commune = s.commune
where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1)
order by c.id
;
