-- What became of each establishment. Numbers are not reported: a report is kept, and a unit may be masked later, or be
-- known as a sole trader only when its legal unit comes.
with attributed as (
  -- The row that made the company change: that of the place it has now, else of the place it had, else the first.
  select distinct on (r.siren) r.siren, r.line, ch.outcome
  from establishment_row r
  join register_changed ch on ch.siren = r.siren
  join register_decision d on d.siren = r.siren
  where r.verdict is distinct from 'duplicate_row'
  order by r.siren, r.siret is not distinct from d.retained desc, r.siret is not distinct from d.previous_siret desc, r.line
)
select line, case when code is null then outcome else 'skipped' end as outcome, code,
  case code
    when 'closed' then 'etatAdministratifEtablissement'
    when 'not_diffusible' then 'statutDiffusionEtablissement'
    when 'outside_region' then 'codeCommuneEtablissement'
    when 'outside_territory' then 'codeCommuneEtablissement'
    when 'unknown_commune' then 'codeCommuneEtablissement'
    when 'no_commune' then 'codeCommuneEtablissement'
    when 'another_establishment_retained' then 'etablissementSiege'
    when 'outdated' then 'dateDernierTraitementEtablissement'
    else 'siret' end as column_name,
  case
    when code in ('outside_region', 'outside_territory', 'unknown_commune') then commune
    when code = 'closed' and closed then 'F' end as value
from (
  select r.line, r.commune, r.closed, coalesce(a.outcome, 'unchanged') as outcome,
    case
      when r.verdict = 'duplicate_row' then r.verdict
      when a.line is not null then null
      when r.masked then 'not_diffusible'
      when d.masked is not null then d.masked
      when r.verdict is not null then r.verdict
      when r.siret = d.retained and d.obstacle is null then null
      when r.closed then 'closed'
      when r.commune is null and r.abroad then 'outside_region'
      when r.commune is null then 'no_commune'
      when p.place <> 'inside' then p.place
      when d.obstacle is not null then d.obstacle
      else 'another_establishment_retained'
    end as code
  from establishment_row r
  join register_decision d on d.siren = r.siren
  left join register_place p on p.code = r.commune
  left join attributed a on a.siren = r.siren and a.line = r.line) row_outcome
order by line
