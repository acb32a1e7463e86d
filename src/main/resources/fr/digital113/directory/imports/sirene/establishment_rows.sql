create temporary table establishment_row (
  line        bigint not null,
  id          uuid not null,
  siret       text not null,
  siren       text not null,
  masked      boolean not null,
  head        boolean,
  closed      boolean not null,
  commune     text,
  abroad      boolean not null,
  address     text,
  postal_code text,
  latitude    double precision,
  longitude   double precision,
  processed   timestamp,
  verdict     text
) on commit drop;
