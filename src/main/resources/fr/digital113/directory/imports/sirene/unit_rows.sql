create temporary table unit_row (
  line         bigint not null,
  id           uuid not null,
  siren        text not null,
  masked       text,
  closed       boolean not null,
  name         text,
  slug         text,
  legal_name   text,
  activity     text,
  naf          text,
  naf_2025     text,
  size_class   text,
  founded_year integer,
  head_nic     text,
  processed    timestamp,
  verdict      text
) on commit drop;
