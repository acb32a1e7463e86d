-- The team keeps the cluster's facts; only the editions of the data sources follow what is loaded.
update cluster c set document = jsonb_set(c.document, '{dataSources}', current.sources)
from (
  select k.slug, jsonb_agg(
      case when v.vintage is null then s.source else s.source || jsonb_build_object('vintage', v.vintage) end
      order by s.position) as sources
  from cluster k
  cross join jsonb_array_elements(k.document -> 'dataSources') with ordinality s (source, position)
  left join reference_vintage v on v.name = s.source ->> 'code'
  group by k.slug
) current
where current.slug = c.slug and current.sources is distinct from c.document -> 'dataSources';
