-- Stages the legal units of unit_row.

-- One row of a unit counts: one that masks it, then the last processed, then the first.
update unit_row set verdict = 'duplicate_row'
from (select line, row_number() over (partition by siren order by masked nulls last, processed desc nulls last, line) as place
      from unit_row) ranked
where ranked.line = unit_row.line and ranked.place > 1;

update unit_row r set verdict = 'outdated'
from register_unit u
where u.siren = r.siren and r.processed < u.processed and r.verdict is null and r.masked is null;

analyze unit_row;

insert into register_unit as u
  (siren, closed, name, slug, legal_name, naf, naf_2025, size_class, founded_year, head_nic, processed, source_date)
select siren, closed, name, slug, legal_name, naf, naf_2025, size_class, founded_year, head_nic, processed,
  coalesce(processed::date, directory_today())
from unit_row where verdict is null and masked is null
on conflict (siren) do update set
  closed = excluded.closed, name = excluded.name, slug = excluded.slug, legal_name = excluded.legal_name,
  naf = excluded.naf, naf_2025 = excluded.naf_2025, size_class = excluded.size_class,
  founded_year = excluded.founded_year, head_nic = excluded.head_nic,
  processed = coalesce(excluded.processed, u.processed), source_date = excluded.source_date
where (u.closed, u.name, u.slug, u.legal_name, u.naf, u.naf_2025, u.size_class, u.founded_year, u.head_nic, u.processed)
  is distinct from (excluded.closed, excluded.name, excluded.slug, excluded.legal_name, excluded.naf, excluded.naf_2025,
    excluded.size_class, excluded.founded_year, excluded.head_nic, coalesce(excluded.processed, u.processed));

insert into register_loaded
select siren, id, masked, '{}' from unit_row where verdict is distinct from 'duplicate_row';
analyze register_loaded;
