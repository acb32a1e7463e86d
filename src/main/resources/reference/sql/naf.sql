-- Both nomenclatures side by side. Codes that a later edition drops stay: companies carry them.
insert into naf as n (nomenclature, code, label, digital)
select 'NAFRev2', f.code, f.libelle, d.code is not null
from file_naf_rev2 f left join file_naf_digital d using (code)
where f.niveau = '5'
union all
-- The extract of NAF 2025 holds the digital divisions only.
select 'NAF2025', code, libelle, true from file_naf_2025
on conflict (nomenclature, code) do update set label = excluded.label, digital = excluded.digital
  where (n.label, n.digital) is distinct from (excluded.label, excluded.digital);
