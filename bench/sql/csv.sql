-- The columns of the program's CSV, put together from its tables.
copy (
  select c.id, c.slug, c.name, c.legal_name, c.siren, c.siret, c.description_fr, c.website, c.email, c.phone,
    c.commune, t.name, c.address, c.postal_code, coalesce(c.latitude, t.latitude), coalesce(c.longitude, t.longitude),
    case when c.latitude is null then 'commune' else 'address' end,
    w.departement, w.departement_name, w.epci, w.epci_name, s.slugs, s.labels, c.naf, c.naf_nomenclature,
    c.founded_year, c.size_class, z.label_fr, c.hiring, array_to_string(c.export_markets, '|'), c.logo, c.social,
    case when m.joined_on is null then 'none' when m.left_on <= current_date then 'former' else 'member' end,
    m.joined_on, m.left_on, m.origin, c.publication, f.slugs, r.committed_at, r.revision,
    'Digital113 ; Insee, Sirene', 'Licence Ouverte 2.0'
  from company c
  join territory t on t.code = c.commune
  join size_class z on z.code = c.size_class
  left join lateral (
    select max(o.code) filter (where o.level = 'departement') as departement,
      max(o.name) filter (where o.level = 'departement') as departement_name,
      max(o.code) filter (where o.level = 'epci') as epci, max(o.name) filter (where o.level = 'epci') as epci_name
    from territory_within i join territory o on o.code = i.container where i.territory = c.commune) w on true
  left join lateral (
    select string_agg(l.slug, '|' order by k.position) as slugs, string_agg(l.label_fr, '|' order by k.position) as labels
    from company_sector k join sector l on l.slug = k.sector where k.company = c.id) s on true
  left join lateral (
    select * from membership a where a.company = c.id order by a.joined_on desc limit 1) m on true
  left join lateral (
    select string_agg(y.slug, '|' order by y.slug) as slugs
    from factory_participant p join factory y on y.id = p.factory where p.company = c.id) f on true
  left join lateral (
    select v.revision, v.committed_at from public_change x join revision v using (revision)
    where x.type = 'company' and x.id = c.id::text order by x.revision desc limit 1) r on true
  where c.publication = 'published'
  order by c.name, c.id
) to stdout (format csv, header);
