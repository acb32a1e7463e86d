\set s random(1, 22)
\set o random(1, 3)
\set j random(0, 5499)
select count(*) from bench.page where sectors @> array[:s]::integer[] and origin = :o::integer and joined > date '2011-03-01' + :j::integer;
select body from bench.page where sectors @> array[:s]::integer[] and origin = :o::integer and joined > date '2011-03-01' + :j::integer order by name_key, id limit 20;
