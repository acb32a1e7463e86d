-- What is asked of every row that is written. A function in SQL whose body has a query is never inlined: it is started anew for
-- each row, which takes ten times what it has to find out, as most rows have nothing to look at. In PL/pgSQL the plan is kept,
-- and the usual row is told by one comparison (docs/adr/0026).

create or replace function are_countries(codes text[]) returns boolean language plpgsql immutable strict as $$
declare
  code text;
begin
  if cardinality(codes) > 0 and array_ndims(codes) <> 1 then
    return false;
  end if;
  foreach code in array codes loop
    if code is null or code !~ '^[A-Z]{2}$' then
      return false;
    end if;
  end loop;
  return true;
end $$;

create or replace function are_social_links(links jsonb) returns boolean language plpgsql immutable strict as $$
begin
  if links = '{}' then
    return true;
  elsif jsonb_typeof(links) <> 'object' then
    return false;
  end if;
  return (
    select coalesce(bool_and(key ~ '^[a-z]{1,50}$' and jsonb_typeof(value) = 'string'
      and value #>> '{}' ~ '^https?://' and length(value #>> '{}') <= 2000), true)
    from jsonb_each(links));
end $$;

create or replace function is_personal_contact(contact jsonb) returns boolean language plpgsql immutable strict as $$
begin
  if contact = '{}' then
    return true;
  elsif jsonb_typeof(contact) <> 'object' then
    return false;
  end if;
  return (
    select coalesce(bool_and(key in ('email', 'phone')
      and case when jsonb_typeof(value) <> 'object' then false
          else value ? 'consentedOn' and value - 'consentedOn' = '{}'
            and coalesce(value ->> 'consentedOn' ~ '^\d{4}-\d{2}-\d{2}$', true) end), true)
    from jsonb_each(contact));
end $$;

create or replace function without_consent(contact jsonb) returns jsonb language plpgsql stable as $$
begin
  if contact = '{}' then
    return contact;
  end if;
  return (
    select coalesce(jsonb_object_agg(key, null::text), '{}') from jsonb_each(contact)
    where coalesce(value ->> 'consentedOn' > to_char(directory_today(), 'YYYY-MM-DD'), true));
end $$;

-- The first known state holds for the days before it as well. What changes on that very day replaced it, and with it what was
-- known of all those days: now it moves to the day before, and today's begins beside it. Within the transaction that wrote it
-- first, it is replaced; what a savepoint of it wrote counts as another one's.
create or replace function keep_company_state(me xid8) returns void language plpgsql as $$
declare
  today constant date := directory_today();
begin
  with now as materialized (
    select c.*
    from touched t
    cross join lateral (
      select c.id, c.commune, c.size_class, c.headcount, array(
        select s.sector from company_sector s where s.company = c.id order by s.sector) as sectors
      from company c where c.id = t.id::uuid offset 0) c
    where t.transaction = me and t.type = 'company'
  ), moved as materialized (
    select now.*, s.state, s.valid_from, s.is_first, greatest(today, s.valid_from) as day
    from now
    left join lateral (
      select ctid as state, valid_from, commune, size_class, headcount, sectors,
        first and valid_from = today and xmin <> me::xid as is_first
      from company_state where company = now.id and valid_to is null offset 0) s on true
    where s.state is null or (s.commune, s.size_class, s.headcount, s.sectors)
      is distinct from (now.commune, now.size_class, now.headcount, now.sectors)
  ), ended as (
    update company_state set valid_from = least(valid_from, today - 1), valid_to = today
    where ctid = any (array(select state from moved where valid_from < day or is_first))
    returning 1
  )
  insert into company_state
    select id, day, null, commune, size_class, headcount, sectors from moved, (select count(*) from ended) written
    on conflict (company, valid_from) do update
      set commune = excluded.commune, size_class = excluded.size_class,
          headcount = excluded.headcount, sectors = excluded.sectors;
end $$;
