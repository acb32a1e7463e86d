insert into size_class as s (code, label_fr, label_en, low, high, rank)
select f.code, f.libelle, e.label, f.effectif_min::integer, f.effectif_max::integer, f.ordre::integer
from file_size_classes f left join file_size_classes_en e using (code)
on conflict (code) do update
  set label_fr = excluded.label_fr, label_en = excluded.label_en,
      low = excluded.low, high = excluded.high, rank = excluded.rank
  where (s.label_fr, s.label_en, s.low, s.high, s.rank)
    is distinct from (excluded.label_fr, excluded.label_en, excluded.low, excluded.high, excluded.rank);
