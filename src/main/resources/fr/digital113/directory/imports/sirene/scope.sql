-- What the request asks for.
create temporary table register_scope (any_naf boolean not null, territory text) on commit drop;
create temporary table register_scope_naf (
  nomenclature text not null, code text not null, primary key (nomenclature, code)) on commit drop;

-- Every unit that the file says something of. masked: why it may not be kept; masked_sirets: its branches that may not.
create temporary table register_loaded (
  siren text primary key, id uuid not null, masked text, masked_sirets text[] not null) on commit drop;
