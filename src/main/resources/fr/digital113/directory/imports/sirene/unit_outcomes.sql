-- What became of each legal unit. Numbers of units are not reported: a report is kept, and a unit may be masked later.
select line, case when code is null then outcome else 'skipped' end as outcome, code,
  case code
    when 'closed' then 'etatAdministratifUniteLegale'
    when 'sole_trader' then 'categorieJuridiqueUniteLegale'
    when 'not_diffusible' then 'statutDiffusionUniteLegale'
    when 'no_name' then 'denominationUniteLegale'
    when 'outside_naf_scope' then 'activitePrincipaleUniteLegale'
    when 'outdated' then 'dateDernierTraitementUniteLegale'
    else 'siren' end as column_name,
  case code when 'outside_naf_scope' then activity when 'closed' then case when closed then 'C' end end as value
from (
  select r.line, r.activity, r.closed, coalesce(ch.outcome, 'unchanged') as outcome,
    case
      when r.verdict = 'duplicate_row' then r.verdict
      when ch.outcome is not null then null
      when r.verdict is not null then r.verdict
      else d.obstacle
    end as code
  from unit_row r
  join register_decision d on d.siren = r.siren
  left join register_changed ch on ch.siren = r.siren) row_outcome
order by line
