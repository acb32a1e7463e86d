\set s random(1, 22)
\set d random(0, 12)
\set j random(0, 5499)
\set code case when :d = 0 then 9 when :d = 1 then 11 when :d = 2 then 12 when :d = 3 then 30 when :d = 4 then 31 when :d = 5 then 32 when :d = 6 then 34 when :d = 7 then 46 when :d = 8 then 48 when :d = 9 then 65 when :d = 10 then 66 when :d = 11 then 81 else 82 end
select count(*) from bench.page where sectors @> array[:s]::integer[] and departement = :code::integer and joined > date '2011-03-01' + :j::integer;
select body from bench.page where sectors @> array[:s]::integer[] and departement = :code::integer and joined > date '2011-03-01' + :j::integer order by name_key, id limit 20;
