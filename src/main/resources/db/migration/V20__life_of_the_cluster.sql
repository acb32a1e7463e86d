-- The life of the cluster: meetings and initiatives of Factories, who asks to join one, workshops (tables à secousses),
-- events, and the personal addresses of calendars.

-- Documents tell moments in UTC, whatever the zone of the session is.
create function utc_text(moment timestamptz) returns text language sql stable
  return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- Where something takes place; null when nothing is known.
create function place_document(name text, commune text, latitude double precision, longitude double precision)
returns jsonb language sql stable
  return nullif(jsonb_strip_nulls(jsonb_build_object(
    'name', name, 'commune', commune, 'latitude', latitude, 'longitude', longitude)), '{}'::jsonb);

-- SEQUENCE of RFC 5545: moves whenever those who come must look again, for every writer.
create function keep_sequence() returns trigger language plpgsql as $$
declare
  shown constant text[] := tg_argv;
begin
  if exists (select from unnest(shown) column_name
             where to_jsonb(new) -> column_name is distinct from to_jsonb(old) -> column_name) then
    new.sequence := old.sequence + 1;
  end if;
  return new;
end $$;

-- The same when what moved is in a table of its own. tg_argv: the table that has the sequence, the column that leads there,
-- the one that tells rows of one owner apart, and those that count; a row that has none of these says nothing to those who come.
create function keep_sequence_of() returns trigger language plpgsql as $$
declare
  image constant text := '(select r.%2$I as id, r.%3$I as place, jsonb_object_agg(e.key, e.value) as shown from %4$s r '
    || 'cross join lateral jsonb_each(to_jsonb(r)) e where e.key = any(%5$L::text[]) and e.value <> ''null'' group by 1, 2)';
  owners constant text := case tg_op
    when 'INSERT' then 'select id from ' || format(image, null, tg_argv[1], tg_argv[2], 'new_rows', tg_argv[3:]) || ' r'
    when 'DELETE' then 'select id from ' || format(image, null, tg_argv[1], tg_argv[2], 'old_rows', tg_argv[3:]) || ' r'
    else (select format('select id from ((%1$s except %2$s) union all (%2$s except %1$s)) moved', now, before)
          from (select 'select * from ' || format(image, null, tg_argv[1], tg_argv[2], 'new_rows', tg_argv[3:]) || ' n' as now,
                  'select * from ' || format(image, null, tg_argv[1], tg_argv[2], 'old_rows', tg_argv[3:]) || ' o' as before) i) end;
begin
  execute format('update %1$I set sequence = sequence + 1 where id in (%2$s)', tg_argv[0], owners);
  return null;
end $$;

create procedure keep_sequence_with(content regclass, owner text, owner_column text, place text, variadic counts text[])
language plpgsql as $$
declare
  arguments constant text := (
    select string_agg(quote_literal(argument), ', ' order by position)
    from unnest(array[owner, owner_column, place] || counts) with ordinality a (argument, position));
  operation record;
begin
  for operation in select * from (values
      ('insert', 'referencing new table as new_rows'),
      ('update', 'referencing old table as old_rows new table as new_rows'),
      ('delete', 'referencing old table as old_rows')) o (name, tables)
  loop
    execute format('create trigger sequence_%s after %s on %s %s for each statement execute function keep_sequence_of(%s)',
      operation.name, operation.name, content, operation.tables, arguments);
    execute format('alter table %s enable always trigger sequence_%s', content, operation.name);
    insert into required_trigger values (content, 'sequence_' || operation.name);
  end loop;
end $$;

-- Meetings of a Factory: one, or a series by a rule of RFC 5545. Times are local ones of Europe/Paris, kept as moments.
create table meeting (
  id          uuid primary key,
  factory     uuid not null references factory on delete cascade,
  title_fr    text check (title_fr <> '' and length(title_fr) <= 200),
  title_en    text check (title_en <> '' and length(title_en) <= 200),
  starts_at   timestamptz not null check (date_trunc('second', starts_at) = starts_at),
  ends_at     timestamptz not null check (date_trunc('second', ends_at) = ends_at),
  rule        text check (rule ~ '^FREQ=' and length(rule) <= 500),
  place       text check (place <> '' and length(place) <= 300),
  commune     text references territory deferrable initially deferred,
  latitude    double precision check (latitude between -90 and 90),
  longitude   double precision check (longitude between -180 and 180),
  link        text check (link ~ '^https?://' and length(link) <= 2000),
  agenda_fr   text check (length(agenda_fr) <= 20000),
  agenda_en   text check (length(agenda_en) <= 20000),
  minutes     text check (minutes ~ '^https?://' and length(minutes) <= 2000),
  visibility  text not null default 'public' check (visibility in ('public', 'members')),
  status      text not null default 'confirmed' check (status in ('tentative', 'confirmed', 'cancelled')),
  publication text not null default 'draft' check (publication in ('draft', 'published', 'archived')),
  sequence    integer not null default 0,
  check (coalesce(title_fr, title_en) is not null),
  check (ends_at > starts_at),
  check ((latitude is null) = (longitude is null))
);
create index meeting_factory on meeting (factory);
create index meeting_id_text on meeting ((id::text));
comment on column meeting.link is 'Where to join from afar: for members only, as minutes and attendance are.';
-- Not the link: the public must not learn by the number that it has moved.
create trigger meeting_sequence before update on meeting for each row execute function
  keep_sequence('starts_at', 'ends_at', 'rule', 'place', 'commune', 'latitude', 'longitude', 'status', 'visibility', 'publication');
alter table meeting enable always trigger meeting_sequence;
insert into required_trigger values ('meeting', 'meeting_sequence');

-- What is particular about one occurrence of a series: null is as the series has it.
create table meeting_occurrence (
  meeting       uuid not null references meeting on delete cascade,
  recurrence_id text not null check (recurrence_id ~ '^\d{8}T\d{6}Z$'),
  status        text check (status in ('tentative', 'confirmed', 'cancelled')),
  starts_at     timestamptz check (date_trunc('second', starts_at) = starts_at),
  ends_at       timestamptz check (date_trunc('second', ends_at) = ends_at),
  title_fr      text check (title_fr <> '' and length(title_fr) <= 200),
  title_en      text check (title_en <> '' and length(title_en) <= 200),
  place         text check (place <> '' and length(place) <= 300),
  commune       text references territory deferrable initially deferred,
  latitude      double precision check (latitude between -90 and 90),
  longitude     double precision check (longitude between -180 and 180),
  link          text check (link ~ '^https?://' and length(link) <= 2000),
  agenda_fr     text check (length(agenda_fr) <= 20000),
  agenda_en     text check (length(agenda_en) <= 20000),
  minutes       text check (minutes ~ '^https?://' and length(minutes) <= 2000),
  primary key (meeting, recurrence_id),
  check ((starts_at is null) = (ends_at is null)),
  check (ends_at > starts_at),
  check ((latitude is null) = (longitude is null))
);
comment on column meeting_occurrence.recurrence_id is 'RECURRENCE-ID of RFC 5545: when it was to start by the rule, in UTC.';
call keep_sequence_with('meeting_occurrence', 'meeting', 'meeting', 'recurrence_id',
  'status', 'starts_at', 'ends_at', 'place', 'commune', 'latitude', 'longitude');

create table meeting_attendance (
  meeting       uuid not null references meeting on delete cascade,
  recurrence_id text not null default '' check (recurrence_id ~ '^(\d{8}T\d{6}Z)?$'),
  company       uuid not null references company on delete cascade,
  primary key (meeting, recurrence_id, company)
);
create index meeting_attendance_company on meeting_attendance (company);
comment on table meeting_attendance is 'Companies that came. recurrence_id: the occurrence of a series; empty for a single meeting.';

create view meeting_document as
select m.id::text as id, d.document,
  case when m.publication = 'published' and m.visibility = 'public' then
    (d.document - array['link', 'minutes', 'attendance'])
    || jsonb_build_object('occurrences', coalesce((
      select jsonb_agg(p.occurrence order by o.position)
      from jsonb_array_elements(d.document -> 'occurrences') with ordinality o (occurrence, position)
      cross join lateral (select o.occurrence - array['link', 'minutes', 'attendance'] as occurrence) p
      -- or the public would see that one has minutes
      where p.occurrence <> jsonb_build_object('recurrenceId', p.occurrence -> 'recurrenceId')), '[]')) end as public_document
from meeting m
cross join lateral (select jsonb_build_object(
  'factory', m.factory, 'title', localized(m.title_fr, m.title_en),
  'start', utc_text(m.starts_at), 'end', utc_text(m.ends_at), 'rule', m.rule,
  'place', place_document(m.place, m.commune, m.latitude, m.longitude),
  'link', m.link, 'agenda', localized(m.agenda_fr, m.agenda_en), 'minutes', m.minutes,
  'visibility', m.visibility, 'status', m.status, 'publication', m.publication, 'sequence', m.sequence,
  'attendance', coalesce((select jsonb_agg(a.company order by a.company) from meeting_attendance a
                          where a.meeting = m.id and a.recurrence_id = ''), '[]'),
  'occurrences', coalesce((
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'recurrenceId', o.recurrence_id, 'status', o.status,
      'start', utc_text(o.starts_at), 'end', utc_text(o.ends_at), 'title', localized(o.title_fr, o.title_en),
      'place', place_document(o.place, o.commune, o.latitude, o.longitude),
      'link', o.link, 'agenda', localized(o.agenda_fr, o.agenda_en), 'minutes', o.minutes))
      || jsonb_build_object('attendance', coalesce((
        select jsonb_agg(a.company order by a.company) from meeting_attendance a
        where a.meeting = m.id and a.recurrence_id = o.recurrence_id), '[]')) order by o.recurrence_id)
    from meeting_occurrence o where o.meeting = m.id), '[]')
) as document offset 0) d;

-- What a Factory sets out to do.
create table initiative (
  id          uuid primary key,
  slug        text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^\d+$' and length(slug) <= 500
    and slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  kind        text not null check (kind in ('collective_action', 'collaborative_project')),
  title_fr    text check (title_fr <> '' and length(title_fr) <= 200),
  title_en    text check (title_en <> '' and length(title_en) <= 200),
  summary_fr  text check (length(summary_fr) <= 20000),
  summary_en  text check (length(summary_en) <= 20000),
  status      text not null default 'proposed' check (status in ('proposed', 'running', 'done', 'dropped')),
  factory     uuid not null references factory,
  started_on  date,
  ended_on    date,
  outcome_fr  text check (length(outcome_fr) <= 20000),
  outcome_en  text check (length(outcome_en) <= 20000),
  publication text not null default 'draft' check (publication in ('draft', 'published', 'archived')),
  check (coalesce(title_fr, title_en) is not null),
  check (ended_on >= started_on),
  constraint initiative_dates check (
    case status when 'proposed' then started_on is null and ended_on is null
      when 'running' then started_on is not null and ended_on is null
      when 'done' then started_on is not null and ended_on is not null
      else ended_on is not null end)
);
create index initiative_factory on initiative (factory);
create index initiative_id_text on initiative ((id::text));
comment on column initiative.ended_on is 'The day it was done, or dropped.';

-- A company of the directory, or an organisation outside of it by its name.
create table initiative_partner (
  initiative uuid not null references initiative on delete cascade,
  position   integer not null,
  company    uuid references company on delete cascade,
  name       text check (name <> '' and length(name) <= 200),
  url        text check (url ~ '^https?://' and length(url) <= 2000),
  primary key (initiative, position),
  unique (initiative, company),
  check ((company is null) <> (name is null)),
  check (url is null or name is not null)
);
create index initiative_partner_company on initiative_partner (company);

create table initiative_former_slug (
  slug       text primary key,
  initiative uuid not null references initiative on delete cascade
);
create index initiative_former_slug_initiative on initiative_former_slug (initiative);

create view initiative_document as
select i.id::text as id, d.document,
  -- Nobody learns by a copy, not even by id, of a partner that is not public.
  case when i.publication = 'published' then d.document || jsonb_build_object('partners', coalesce((
    select jsonb_agg(partner.entry order by partner.position)
    from jsonb_array_elements(d.document -> 'partners') with ordinality partner (entry, position)
    where not partner.entry ? 'company' or exists (
      select from company c where c.id = (partner.entry ->> 'company')::uuid and c.publication = 'published')), '[]')) end
    as public_document
from initiative i
cross join lateral (select jsonb_build_object(
  'slug', i.slug, 'kind', i.kind, 'title', localized(i.title_fr, i.title_en),
  'summary', localized(i.summary_fr, i.summary_en), 'status', i.status, 'factory', i.factory,
  'partners', coalesce((
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('company', p.company, 'name', p.name, 'url', p.url)) order by p.position)
    from initiative_partner p where p.initiative = i.id), '[]'),
  'startedOn', i.started_on, 'endedOn', i.ended_on, 'outcome', localized(i.outcome_fr, i.outcome_en),
  'publication', i.publication
) || coalesce((
  select jsonb_build_object('formerSlugs', jsonb_agg(s.slug order by s.slug))
  from initiative_former_slug s where s.initiative = i.id having count(*) > 0), '{}') as document offset 0) d;

-- Events of the cluster, at one place or several at once.
create table event (
  id             uuid primary key,
  slug           text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^\d+$' and length(slug) <= 500
    and slug !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  title_fr       text check (title_fr <> '' and length(title_fr) <= 200),
  title_en       text check (title_en <> '' and length(title_en) <= 200),
  description_fr text check (length(description_fr) <= 20000),
  description_en text check (length(description_en) <= 20000),
  starts_at      timestamptz not null check (date_trunc('second', starts_at) = starts_at),
  ends_at        timestamptz not null check (date_trunc('second', ends_at) = ends_at),
  link           text check (link ~ '^https?://' and length(link) <= 2000),
  organiser      text check (organiser <> '' and length(organiser) <= 200),
  organiser_url  text check (organiser_url ~ '^https?://' and length(organiser_url) <= 2000),
  status         text not null default 'confirmed' check (status in ('tentative', 'confirmed', 'cancelled')),
  publication    text not null default 'draft' check (publication in ('draft', 'published', 'archived')),
  sequence       integer not null default 0,
  check (coalesce(title_fr, title_en) is not null),
  check (ends_at > starts_at),
  check (organiser_url is null or organiser is not null)
);
create index event_id_text on event ((id::text));
comment on column event.link is 'Where to register, for everybody.';
create trigger event_sequence before update on event for each row execute function
  keep_sequence('starts_at', 'ends_at', 'status', 'publication');
alter table event enable always trigger event_sequence;
insert into required_trigger values ('event', 'event_sequence');

create table event_place (
  event     uuid not null references event on delete cascade,
  position  integer not null,
  place     text check (place <> '' and length(place) <= 300),
  commune   text references territory deferrable initially deferred,
  latitude  double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  primary key (event, position),
  check ((latitude is null) = (longitude is null)),
  check (coalesce(place, commune) is not null)
);
call keep_sequence_with('event_place', 'event', 'event', 'position', 'place', 'commune', 'latitude', 'longitude');

create table event_former_slug (
  slug  text primary key,
  event uuid not null references event on delete cascade
);
create index event_former_slug_event on event_former_slug (event);

create view event_document as
select e.id::text as id, d.document, case when e.publication = 'published' then d.document end as public_document
from event e
cross join lateral (select jsonb_build_object(
  'slug', e.slug, 'title', localized(e.title_fr, e.title_en), 'description', localized(e.description_fr, e.description_en),
  'start', utc_text(e.starts_at), 'end', utc_text(e.ends_at),
  'places', coalesce((select jsonb_agg(place_document(p.place, p.commune, p.latitude, p.longitude) order by p.position)
                      from event_place p where p.event = e.id), '[]'),
  'organiser', case when e.organiser is not null then jsonb_strip_nulls(jsonb_build_object('name', e.organiser, 'url', e.organiser_url)) end,
  'link', e.link, 'status', e.status, 'publication', e.publication, 'sequence', e.sequence
) || coalesce((
  select jsonb_build_object('formerSlugs', jsonb_agg(s.slug order by s.slug))
  from event_former_slug s where s.event = e.id having count(*) > 0), '{}') as document offset 0) d;

-- Workshops: a few volunteers present a plan, and the table assesses it. Who presents, who takes part and what they say is
-- for them and the team.
create table workshop (
  id          uuid primary key,
  subject_fr  text check (subject_fr <> '' and length(subject_fr) <= 200),
  subject_en  text check (subject_en <> '' and length(subject_en) <= 200),
  starts_at   timestamptz not null check (date_trunc('second', starts_at) = starts_at),
  ends_at     timestamptz not null check (date_trunc('second', ends_at) = ends_at),
  place       text check (place <> '' and length(place) <= 300),
  commune     text references territory deferrable initially deferred,
  latitude    double precision check (latitude between -90 and 90),
  longitude   double precision check (longitude between -180 and 180),
  status      text not null default 'planned' check (status in ('planned', 'held', 'cancelled')),
  publication text not null default 'draft' check (publication in ('draft', 'published', 'archived')),
  sequence    integer not null default 0,
  check (coalesce(subject_fr, subject_en) is not null),
  check (ends_at > starts_at),
  check ((latitude is null) = (longitude is null))
);
create index workshop_id_text on workshop ((id::text));
create trigger workshop_sequence before update on workshop for each row execute function
  keep_sequence('starts_at', 'ends_at', 'place', 'commune', 'latitude', 'longitude', 'status', 'publication');
alter table workshop enable always trigger workshop_sequence;
insert into required_trigger values ('workshop', 'workshop_sequence');

create table workshop_participant (
  workshop uuid not null references workshop on delete cascade,
  company  uuid not null references company on delete cascade,
  primary key (workshop, company)
);
create index workshop_participant_company on workshop_participant (company);

create table workshop_presenter (
  workshop       uuid not null,
  company        uuid not null,
  position       integer not null,
  subject        text not null check (subject <> '' and length(subject) <= 2000),
  target_markets text[] not null default '{}' check (are_countries(target_markets)),
  primary key (workshop, company),
  foreign key (workshop, company) references workshop_participant on delete cascade deferrable initially deferred
);
create index workshop_presenter_company on workshop_presenter (company);
comment on table workshop_presenter is 'Of the participants, those who present a plan: its subject and the markets it is for.';

create table workshop_assessment (
  workshop              uuid not null,
  presenter             uuid not null,
  assessor              uuid not null,
  viability             integer not null check (viability between 1 and 5),
  viability_conclusion  text not null check (viability_conclusion <> '' and length(viability_conclusion) <= 5000),
  durability            integer not null check (durability between 1 and 5),
  durability_conclusion text not null check (durability_conclusion <> '' and length(durability_conclusion) <= 5000),
  primary key (workshop, presenter, assessor),
  foreign key (workshop, presenter) references workshop_presenter (workshop, company) on delete cascade deferrable initially deferred,
  foreign key (workshop, assessor) references workshop_participant (workshop, company) on delete cascade deferrable initially deferred,
  constraint workshop_assessment_of_others check (presenter <> assessor)
);
comment on table workshop_assessment is 'Confidential: of one participating company about the plan of another.';

create view workshop_document as
select w.id::text as id, d.document,
  -- Named one by one: whatever a workshop comes to hold besides is for those who were there.
  case when w.publication = 'published' then jsonb_build_object(
    'subject', d.document -> 'subject', 'start', d.document -> 'start', 'end', d.document -> 'end',
    'place', d.document -> 'place', 'status', d.document -> 'status', 'publication', d.document -> 'publication',
    'sequence', d.document -> 'sequence',
    'participantCount', jsonb_array_length(d.document -> 'participants')) end as public_document
from workshop w
cross join lateral (select jsonb_build_object(
  'subject', localized(w.subject_fr, w.subject_en), 'start', utc_text(w.starts_at), 'end', utc_text(w.ends_at),
  'place', place_document(w.place, w.commune, w.latitude, w.longitude),
  'status', w.status, 'publication', w.publication, 'sequence', w.sequence,
  'participants', coalesce((select jsonb_agg(p.company order by p.company) from workshop_participant p where p.workshop = w.id), '[]'),
  'presenters', coalesce((
    select jsonb_agg(jsonb_build_object('company', p.company, 'subject', p.subject, 'targetMarkets', to_jsonb(p.target_markets))
                     order by p.position, p.company)
    from workshop_presenter p where p.workshop = w.id), '[]'),
  'assessments', coalesce((
    select jsonb_agg(jsonb_build_object('presenter', a.presenter, 'assessor', a.assessor,
      'viability', a.viability, 'durability', a.durability,
      'conclusion', jsonb_build_object('viability', a.viability_conclusion, 'durability', a.durability_conclusion))
      order by a.presenter, a.assessor)
    from workshop_assessment a where a.workshop = w.id), '[]')
) as document offset 0) d;

-- Former slugs, as companies and Factories have them (V13).
do $$
declare
  content text;
begin
  foreach content in array array['initiative', 'event'] loop
    execute format('create trigger %1$s_slugs_added after insert on %1$I referencing new table as new_rows
      for each statement execute function keep_former_slugs()', content);
    execute format('create trigger %1$s_slugs_changed after update on %1$I referencing old table as old_rows new table as new_rows
      for each statement execute function keep_former_slugs()', content);
    execute format('alter table %1$I enable always trigger %1$s_slugs_added', content);
    execute format('alter table %1$I enable always trigger %1$s_slugs_changed', content);
    insert into required_trigger values (content::regclass, content || '_slugs_added'), (content::regclass, content || '_slugs_changed');
  end loop;
end $$;

insert into aggregate_type values
  ('meeting', 'meeting_document'), ('initiative', 'initiative_document'), ('event', 'event_document'),
  ('workshop', 'workshop_document');
call log_changes_of('meeting', 'meeting', 'id');
call log_changes_of('meeting_occurrence', 'meeting', 'meeting');
call log_changes_of('meeting_attendance', 'meeting', 'meeting');
call log_changes_of('initiative', 'initiative', 'id');
call log_changes_of('initiative_partner', 'initiative', 'initiative');
call log_changes_of('initiative_former_slug', 'initiative', 'initiative');
call log_changes_of('event', 'event', 'id');
call log_changes_of('event_place', 'event', 'event');
call log_changes_of('event_former_slug', 'event', 'event');
call log_changes_of('workshop', 'workshop', 'id');
call log_changes_of('workshop_participant', 'workshop', 'workshop');
call log_changes_of('workshop_presenter', 'workshop', 'workshop');
call log_changes_of('workshop_assessment', 'workshop', 'workshop');

-- A member that would like to take part in a Factory, which a lead or the team decides. Not content: what is accepted
-- becomes a revision like any other.
create table participation_request (
  id         uuid primary key,
  factory    uuid not null references factory on delete cascade,
  company    uuid not null references company on delete cascade,
  message    text check (length(message) <= 2000),
  status     text not null default 'open' check (status in ('open', 'accepted', 'declined', 'withdrawn')),
  actor      text not null,
  created_at timestamptz not null default now(),
  decided_by text,
  decided_at timestamptz,
  reason     text check (length(reason) <= 2000),
  check ((status = 'open') = (decided_at is null))
);
create unique index participation_request_open on participation_request (factory, company) where status = 'open';
create index participation_request_company on participation_request (company);

-- What a Factory was on a past day, kept for every writer. What is recorded first holds before it as well.
create table factory_state (
  factory    uuid not null references factory on delete cascade,
  valid_from date not null,
  valid_to   date,
  status     text not null,
  primary key (factory, valid_from),
  check (valid_to > valid_from)
);
create unique index factory_state_one_open on factory_state (factory) where valid_to is null;
comment on table factory_state is 'Dated history, [valid_from, valid_to).';

create function keep_factory_state() returns trigger language plpgsql as $$
declare
  today constant date := directory_today();
begin
  update factory_state set status = new.status where factory = new.id and valid_to is null and valid_from >= today;
  if not found then
    update factory_state set valid_to = today where factory = new.id and valid_to is null;
    insert into factory_state (factory, valid_from, status) values (new.id, today, new.status);
  end if;
  return null;
end $$;
create trigger factory_state_added after insert on factory for each row execute function keep_factory_state();
create trigger factory_state_changed after update of status on factory for each row
  when (old.status is distinct from new.status) execute function keep_factory_state();
alter table factory enable always trigger factory_state_added;
alter table factory enable always trigger factory_state_changed;
insert into required_trigger values ('factory', 'factory_state_added'), ('factory', 'factory_state_changed');

create table factory_participation (
  id      bigint generated always as identity primary key,
  factory uuid not null references factory on delete cascade,
  company uuid not null references company on delete cascade,
  since   date,
  until   date,
  check (until > since)
);
create index factory_participation_factory on factory_participation (factory);
create index factory_participation_company on factory_participation (company);
create unique index factory_participation_open on factory_participation (factory, company) where until is null;
comment on table factory_participation is 'Who took part on a past day, from since (included; null: from before the records) to until (excluded).';

-- Whoever takes part on the day on which a Factory is recorded may have done so long before.
create function keep_factory_participation() returns trigger language plpgsql as $$
declare
  today constant date := directory_today();
begin
  if tg_op <> 'INSERT' then
    -- What began today, or was recorded today for all days before, was a mistake, not a day.
    delete from factory_participation p using old_rows o
      where p.factory = o.factory and p.company = o.company and p.until is null
        and (p.since >= today or p.since is null and not exists (
          select from factory_state s where s.factory = p.factory and s.valid_from < today))
        and not exists (select from factory_participant n where n.factory = o.factory and n.company = o.company);
    update factory_participation p set until = today from old_rows o
      where p.factory = o.factory and p.company = o.company and p.until is null
        and not exists (select from factory_participant n where n.factory = o.factory and n.company = o.company);
  end if;
  if tg_op <> 'DELETE' then
    -- A term that ended today goes on when its company comes back today.
    update factory_participation p set until = null from new_rows n
      where p.factory = n.factory and p.company = n.company and p.until = today
        and not exists (select from factory_participation q where q.factory = n.factory and q.company = n.company and q.until is null);
    insert into factory_participation (factory, company, since)
      select n.factory, n.company, case when exists (
          select from factory_state s where s.factory = n.factory and s.valid_from < today) then today end
      from new_rows n
      where not exists (select from factory_participation q where q.factory = n.factory and q.company = n.company and q.until is null);
  end if;
  return null;
end $$;
create trigger participation_added after insert on factory_participant referencing new table as new_rows
  for each statement execute function keep_factory_participation();
create trigger participation_changed after update on factory_participant referencing old table as old_rows new table as new_rows
  for each statement execute function keep_factory_participation();
create trigger participation_ended after delete on factory_participant referencing old table as old_rows
  for each statement execute function keep_factory_participation();
alter table factory_participant enable always trigger participation_added;
alter table factory_participant enable always trigger participation_changed;
alter table factory_participant enable always trigger participation_ended;
insert into required_trigger values ('factory_participant', 'participation_added'),
  ('factory_participant', 'participation_changed'), ('factory_participant', 'participation_ended');

insert into factory_state (factory, valid_from, status) select id, directory_today(), status from factory;
insert into factory_participation (factory, company) select factory, company from factory_participant;

-- Who led a Factory on a day, at most two: a lead leads from since on, and no more on the day of until, on which its
-- successor begins. Where what was entered late says three, the latest have taken over.
create function factory_leads_on(factory uuid, day date) returns table (company uuid, since date) language sql stable as $$
  select l.company, max(l.since) from factory_lead l
  where l.factory = $1 and l.since <= day and (l.until is null or l.until > day)
  group by l.company order by 2 desc, 1 limit 2;
$$;

-- The status of a Factory on a day; null when it was not there yet: before it was recorded, it was from its first lead on.
-- It was active on no day on which it had not two leads: then it needed one again, or was forming still.
create function factory_status_on(factory uuid, day date) returns text language sql stable
  return (
    select case
      when known.status <> 'active' or (select count(*) from factory_leads_on($1, $2)) = 2 then known.status
      when exists (
        select from factory_lead one join factory_lead other on other.factory = one.factory and other.company > one.company
        where one.factory = $1 and greatest(one.since, other.since) <= $2
          and greatest(one.since, other.since) < coalesce(least(one.until, other.until), 'infinity')) then 'needs_lead'
      else 'forming' end
    from (select coalesce(
      (select s.status from factory_state s
       where s.factory = $1 and s.valid_from <= $2 and (s.valid_to is null or s.valid_to > $2)),
      (select s.status from factory_state s
       where s.factory = $1 and s.valid_from > $2
         and exists (select from factory_lead l where l.factory = $1 and l.since <= $2)
       order by s.valid_from limit 1)) as status) known
    where known.status is not null);

-- The first day on which three would have led, if these led from now on, [{"company", "since"}]; null when there is none.
-- Who is left out ends when the first of the new ones begins, today at the latest. What stays as it is, is not asked about.
create function day_of_third_lead(factory uuid, wanted jsonb) returns date language sql stable as $$
  with lead as (
    select w.company, w.since from jsonb_to_recordset(wanted) w (company uuid, since date)
  ), today as (
    select l.company, l.since from factory_lead l where l.factory = $1 and l.until is null
  ), handover as (
    select least(directory_today(), min(lead.since)) as day from lead
    where lead.company not in (select today.company from today)
  ), term as (
    select l.company, l.since, l.until from factory_lead l where l.factory = $1 and l.until is not null
    union all
    select today.company, today.since, greatest(today.since, handover.day) from today, handover
    where today.company not in (select lead.company from lead)
    union all
    select lead.company, lead.since, null from lead
  ), grown as (
    select lead.since from lead left join today on today.company = lead.company
    where today.company is null or lead.since < today.since
  )
  select min(begun.since) from term begun
  where begun.since >= (select min(grown.since) from grown)
    and (select count(distinct term.company) from term
         where term.since <= begun.since and (term.until is null or term.until > begun.since)) > 2;
$$;

-- Never three on one day, for every writer. Terms that only end are not looked at: what was entered before this rule
-- would stand in the way of every change.
create function refuse_third_lead(checked uuid, term_company uuid, term_since date) returns void language plpgsql as $$
declare
  third date;
begin
  select begun.since into third from factory_lead term
  join factory_lead begun on begun.factory = term.factory
    and begun.since >= term.since and (term.until is null or begun.since < term.until)
  where term.factory = checked and term.company = term_company and term.since = term_since
    and (select count(distinct l.company) from factory_lead l
         where l.factory = checked and l.since <= begun.since and (l.until is null or l.until > begun.since)) > 2
  order by begun.since limit 1;
  if found then
    raise exception 'factory % would have had three leads on %', checked, third
      using errcode = 'check_violation', constraint = 'factory_two_leads';
  end if;
end $$;

create or replace function factory_lead_changed() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.until is null and not is_member(new.company, directory_today()) then
    raise exception 'company % is not a member: it cannot lead factory %', new.company, new.factory
      using errcode = 'check_violation', constraint = 'factory_lead_is_member';
  end if;
  if tg_op <> 'INSERT' then perform settle_factory_leads(old.factory); end if;
  if tg_op <> 'DELETE' then perform settle_factory_leads(new.factory); end if;
  if tg_op = 'INSERT' then
    perform refuse_third_lead(new.factory, new.company, new.since);
  elsif tg_op = 'UPDATE' and (new.since < old.since or coalesce(new.until, 'infinity') > coalesce(old.until, 'infinity')) then
    perform refuse_third_lead(new.factory, new.company, new.since);
  end if;
  return null;
end $$;

-- Who has led before is public, as those who lead are. A term that ended on the day on which it began was of no day.
create or replace view factory_document as
select f.id::text as id, d.document,
  d.document - array['participants', 'formerLeads'] || jsonb_build_object('leads', coalesce((
    select jsonb_agg(lead.entry order by lead.position)
    from jsonb_array_elements(d.document -> 'leads') with ordinality lead (entry, position)
    join company c on c.id = (lead.entry ->> 'company')::uuid and c.publication = 'published'), '[]'))
  || coalesce((
    select jsonb_build_object('formerLeads', jsonb_agg(lead.entry order by lead.position))
    from jsonb_array_elements(d.document -> 'formerLeads') with ordinality lead (entry, position)
    join company c on c.id = (lead.entry ->> 'company')::uuid and c.publication = 'published'
    having count(*) > 0), '{}') as public_document
from factory f
cross join lateral (select jsonb_build_object(
  'slug', f.slug, 'name', f.name, 'mission', localized(f.mission_fr, f.mission_en),
  'sectors', coalesce((select jsonb_agg(s.sector order by s.position, s.sector) from factory_sector s where s.factory = f.id), '[]'),
  'status', f.status,
  'leads', coalesce((select jsonb_agg(jsonb_build_object('company', l.company, 'since', l.since) order by l.since, l.company)
                     from factory_lead l where l.factory = f.id and l.until is null), '[]'),
  'participants', coalesce((select jsonb_agg(p.company order by p.company)
                            from factory_participant p where p.factory = f.id), '[]')
) || coalesce((
  select jsonb_build_object('formerSlugs', jsonb_agg(s.slug order by s.slug))
  from factory_former_slug s where s.factory = f.id having count(*) > 0), '{}')
  || coalesce((
  select jsonb_build_object('formerLeads', jsonb_agg(
    jsonb_build_object('company', l.company, 'since', l.since, 'until', l.until) order by l.since, l.until, l.company))
  from factory_lead l where l.factory = f.id and l.until > l.since having count(*) > 0), '{}') as document offset 0) d;

-- What names a company, names it as long as it is public.
create or replace function note_led_factories() returns trigger language plpgsql as $$
begin
  insert into touched
    select pg_current_xact_id(), 'factory', l.factory::text
    from old_rows o join new_rows n on n.id = o.id join factory_lead l on l.company = n.id
    where n.publication <> o.publication
    union
    select pg_current_xact_id(), 'initiative', p.initiative::text
    from old_rows o join new_rows n on n.id = o.id join initiative_partner p on p.company = n.id
    where n.publication <> o.publication
    on conflict do nothing;
  return null; -- log_update of the company notes the transaction
end $$;

insert into touched select distinct pg_current_xact_id(), 'factory', factory::text from factory_lead where until > since;
select note_pending();

-- Personal addresses of calendars: whoever has one sees what its owner sees. The token itself is nowhere.
create table calendar_subscription (
  id         uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  actor      text not null,
  company    uuid references company on delete cascade,
  label      text not null default '' check (length(label) <= 200),
  created_at timestamptz not null default now(),
  last_used  date
);
create index calendar_subscription_company on calendar_subscription (company);
comment on column calendar_subscription.company is 'Whose members'' rights it has, as long as the company is a member; null: the team''s.';
