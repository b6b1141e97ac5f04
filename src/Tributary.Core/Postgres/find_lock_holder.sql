-- Who holds the advisory lock of name $1 in this database.
select coalesce(nullif(a.application_name, ''), 'user ' || a.usename) || ' (process ' || a.pid || ')'
from pg_locks l
join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory'
    and l.granted
    and l.objsubid = 1
    and l.database = (select oid from pg_database where datname = current_database())
    and l.classid::bigint = (hashtextextended($1, 0) >> 32) & 4294967295
    and l.objid::bigint = hashtextextended($1, 0) & 4294967295
limit 1
