{{ config(materialized='function', schema='legacy', language='plpgsql', volatility='volatile', returns='integer') }}
-- Scripts of the older couch2pg call it. `tributary build` and `serve` refresh by themselves, in order and only what changed; nobody has to.
declare
    stale record;
    done integer := 0;
begin
    for stale in select oid::regclass as name from pg_class where relkind = 'm' and relnamespace = 'legacy'::regnamespace order by oid loop
        execute format('refresh materialized view %s', stale.name);
        done := done + 1;
    end loop;
    return done;
end
