-- What else depends on relation ($1 oid), in the server's words; its own parts and rules of views are left out.
select distinct pg_describe_object(d.classid, d.objid, d.objsubid)
from pg_depend d
where d.refclassid = 'pg_class'::regclass and d.refobjid = $1::oid and d.deptype = 'n'
    and not exists (select 1 from pg_rewrite w join pg_class c on c.oid = w.ev_class and c.relkind in ('v', 'm')
                    where d.classid = 'pg_rewrite'::regclass and w.oid = d.objid)
    and d.objid <> $1::oid
order by 1
limit 5
