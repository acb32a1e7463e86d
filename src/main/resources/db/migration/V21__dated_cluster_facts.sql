-- What the cluster tells of itself comes and goes on days: terms of office, offices, funders, objectives, means of a year.
-- The document keeps all of it, past and to come; what is true on a day follows from the document and the day alone
-- (docs/adr/0020).

-- The first day of what may be a month or a year, as such a date counts from; null for what is no date.
create function first_day(written text) returns date language sql immutable
  return case when written ~ '^[0-9]{4}(-[0-9]{2}){0,2}$' then make_date(
    left(written, 4)::integer,
    coalesce(nullif(substr(written, 6, 2), '')::integer, 1),
    coalesce(nullif(substr(written, 9, 2), '')::integer, 1)) end;

-- Whether an entry of a list is there on a day: from its first day on, and no more on the day of its end. What has no first
-- day is there from the launch on, which cluster_on sees to.
create function is_of_day(entry jsonb, day date) returns boolean language sql immutable
  return coalesce(first_day(coalesce(
      entry ->> 'since', entry ->> 'baselineOn', entry ->> 'date', entry ->> 'foundingDate')) <= day, true)
    and coalesce(first_day(entry ->> 'until') > day, true);

-- Staff and budget: those of each year that has begun, and of the last of them that tells.
create function means_on(means jsonb, day date) returns jsonb language sql stable
  return case when jsonb_typeof(means -> 'years') = 'array' then (
    select jsonb_strip_nulls(jsonb_build_object(
      'permanentStaff', (array_agg(jsonb_build_object('value', y.entry -> 'permanentStaff', 'asOf', y.entry ->> 'year')
        order by y.year desc) filter (where jsonb_exists(y.entry, 'permanentStaff')))[1],
      'annualBudget', (array_agg((y.entry -> 'annualBudget') || jsonb_build_object('asOf', y.entry ->> 'year')
        order by y.year desc) filter (where jsonb_exists(y.entry, 'annualBudget')))[1],
      'years', coalesce(jsonb_agg(y.entry order by y.year), '[]')))
    from (select e.entry, (e.entry ->> 'year')::integer as year from jsonb_array_elements(means -> 'years') e (entry)) y
    where y.year <= extract(year from day))
  else means end;

-- A predecessor as it was: what ended it is told once it has happened, what was agreed before once it was.
create function predecessor_on(predecessor jsonb, day date) returns jsonb language plpgsql stable as $$
declare
  shown jsonb := predecessor;
begin
  if first_day(shown ->> 'dissolutionDate') > day then
    shown := shown - 'dissolutionDate';
  end if;
  if first_day(shown #>> '{merger,date}') > day then
    shown := shown #- '{merger,date}';
  end if;
  if first_day(shown #>> '{merger,agreementDate}') > day then
    shown := shown #- '{merger,agreementDate}';
  end if;
  if jsonb_typeof(shown -> 'merger') = 'object' and not jsonb_exists_any(shown -> 'merger', array['date', 'agreementDate']) then
    shown := shown - 'merger';
  end if;
  return shown;
end $$;

-- The cluster as everybody may read it of a day. Before the launch there is its identity, and what led to it.
create function cluster_on(document jsonb, day date) returns jsonb language plpgsql stable as $$
declare
  shown jsonb := document;
  member text;
begin
  foreach member in array
    array['history', 'predecessors', 'referenceFigures', 'governance', 'offices', 'funders', 'objectives'] loop
    if jsonb_typeof(shown -> member) = 'array' then
      shown := jsonb_set(shown, array[member], (
        select coalesce(jsonb_agg(case
            when jsonb_typeof(l.entry) <> 'object' then l.entry
            when member = 'predecessors' then predecessor_on(l.entry, day)
            when member = 'funders' and jsonb_typeof(l.entry -> 'years') = 'array' then l.entry || jsonb_build_object('years', (
              select coalesce(jsonb_agg(y.entry order by y.position), '[]')
              from jsonb_array_elements(l.entry -> 'years') with ordinality y (entry, position)
              where (y.entry ->> 'year')::integer <= extract(year from day)))
            else l.entry - 'consentedOn' end order by l.position), '[]')
        from jsonb_array_elements(shown -> member) with ordinality l (entry, position)
        where is_of_day(l.entry, day)));
    end if;
  end loop;
  if jsonb_exists(shown, 'means') then
    shown := jsonb_set(shown, '{means}', means_on(shown -> 'means', day));
  end if;
  if first_day(shown #>> '{launch,date}') > day then
    foreach member in array
      array['governance', 'offices', 'funders', 'objectives', 'strengths', 'otherSectors'] loop
      if jsonb_exists(shown, member) then
        shown := jsonb_set(shown, array[member], '[]');
      end if;
    end loop;
    shown := shown - array['launch', 'means', 'membersAtLaunch', 'territories', 'factories', 'workshops'];
  end if;
  return shown;
end $$;

create or replace view cluster_document as
select c.slug as id, d.document, cluster_on(d.document, directory_today()) as public_document
from cluster c
cross join lateral (
  select c.document || jsonb_build_object('slug', c.slug, 'name', c.name) as document offset 0) d;

-- What editors read: all of it, and of the means what is shown today, which follows from the years.
create view cluster_edit as
select d.id, case when jsonb_typeof(d.document -> 'means') = 'object'
  then jsonb_set(d.document, '{means}', d.document -> 'means' || (means_on(d.document -> 'means', directory_today()) - 'years'))
  else d.document end as document
from cluster_document d;

comment on column cluster.document is 'All facts, past and to come; cluster_on says what is true on a day.';

-- What begins or ends with the day, without a write, is logged when its day comes; after apply_due_memberships, which moves
-- the day. The last public document is compared as a whole, so that no kind of date can be forgotten here.
create procedure apply_due_cluster() language plpgsql as $$
declare
  today date;
begin
  select greatest(applied, directory_today()) into today from membership_day;
  insert into touched
    select pg_current_xact_id(), 'cluster', c.id from cluster_document c
    left join lateral (
      select p.document from public_change p where p.type = 'cluster' and p.id = c.id order by p.revision desc limit 1) last on true
    where last.document is distinct from cluster_on(c.document, today)
    on conflict do nothing;
  if found then
    perform note_pending();
  end if;
end $$;

-- Means were one figure each, of a date; they become those of its year.
update cluster set document = jsonb_set(document, '{means}', jsonb_build_object('years', (
  select coalesce(jsonb_agg(y.entry order by y.year), '[]')
  from (
    select left(m.figure ->> 'asOf', 4)::integer as year,
      jsonb_build_object('year', left(m.figure ->> 'asOf', 4)::integer) || jsonb_object_agg(m.name,
        case m.name when 'permanentStaff' then m.figure -> 'value' else m.figure - 'asOf' end) as entry
    from jsonb_each(document -> 'means') m (name, figure)
    where m.figure ->> 'asOf' ~ '^[0-9]{4}'
    group by 1, left(m.figure ->> 'asOf', 4)) y)))
where jsonb_typeof(document -> 'means') = 'object' and not jsonb_exists(document -> 'means', 'years');

-- The published facts of Digital113 get the dates that were published with them; what the team has added since has those
-- that it gives it. An entry's own values stay.
update cluster c set document = c.document || dated.lists
from (
  select k.slug, jsonb_object_agg(n.member, (
    select coalesce(jsonb_agg(coalesce(f.facts, '{}') || l.entry order by l.position), '[]')
    from jsonb_array_elements(k.document -> n.member) with ordinality l (entry, position)
    left join (values
      ('predecessors', '{"code": "digitalplace"}'::jsonb, '{"merger": {"into": "digital113", "agreementDate": "2015", "date": "2019-02-05"}}'::jsonb),
      ('predecessors', '{"code": "frenchsouth-digital"}', '{"merger": {"into": "digital113", "agreementDate": "2015", "date": "2019-02-05"}}'),
      ('offices', '{"kind": "head_office", "place": {"code": "31555"}}', '{"since": "2019-02-05"}'),
      ('offices', '{"kind": "secondary_establishment", "place": {"code": "34172"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "76"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "243100518"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "243400017"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "243000643"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "200027183"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "243100633"}}', '{"since": "2019-02-05"}'),
      ('funders', '{"territory": {"code": "200035715"}}', '{"since": "2019-02-05"}'),
      ('objectives', '{"code": "members", "baselineOn": "2019-02-05"}', '{"since": "2019-02-05"}')
    ) f (member, known, facts) on f.member = n.member and l.entry @> f.known)) as lists
  from cluster k
  cross join unnest(array['predecessors', 'offices', 'funders', 'objectives']) n (member)
  where k.slug = 'digital113' and jsonb_typeof(k.document -> n.member) = 'array'
  group by k.slug) dated
where dated.slug = c.slug;

-- Both documents of the cluster are to be compared with the log again.
insert into touched select pg_current_xact_id(), 'cluster', slug from cluster on conflict do nothing;
select note_pending();
