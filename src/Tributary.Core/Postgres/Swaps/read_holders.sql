-- Sessions that hold a lock on relations ($1 oids): who, since when, and what they are.
select coalesce(nullif(a.application_name, ''), 'unnamed'), a.usename, a.pid, coalesce(a.state, ''),
       extract(epoch from clock_timestamp() - a.xact_start)::bigint
from pg_stat_activity a
where a.pid <> pg_backend_pid()
    and exists (select 1 from pg_locks l where l.pid = a.pid and l.granted and l.locktype = 'relation'
                and l.database = (select oid from pg_database where datname = current_database()) and l.relation = any ($1::oid[]))
order by a.xact_start
limit 5
