-- The team keeps the sectors once they are there: a later edition only brings the ones that are new. One that the team has
-- deleted is not: the change log remembers it.
create temporary table new_sector on commit drop as
select f.* from file_sectors f where not exists (select from sector s where s.slug = f.slug)
  and not exists (select from audit_image a where a.type = 'sector' and a.id = f.slug);

insert into sector (slug, label_fr, label_en) select slug, label_fr, label_en from new_sector;

insert into sector_naf (sector, nomenclature, code)
select slug, split_part(mapping, ':', 1), split_part(mapping, ':', 2)
from new_sector cross join unnest(string_to_array(naf, '|')) mapping;
