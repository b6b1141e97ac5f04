-- ($1 project, $2 target, $3 schemas, $4 all of them, or only those that are new or failed) → name, whether readers can go on reading; each behind those that it reads.
with recursive reads as (
    select distinct r.ev_class as reader, d.refobjid as read
    from pg_rewrite r
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
    join pg_class c on c.oid = r.ev_class and c.relkind in ('v', 'm')
),

chosen as (
    select c.oid, format('%I.%I', n.nspname, c.relname) as name,
        c.relispopulated and exists (
            select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
        ) as readers_go_on
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'm' and n.nspname = any ($3)
        and not exists (select from tributary.success s where s.relation_oid = c.oid)
),

way as (
    select oid as top, oid as at, 0 as depth from chosen
    union
    select w.top, x.read, w.depth + 1 from way w join reads x on x.reader = w.at
)

select c.name, c.readers_go_on
from chosen c
left join tributary.hand_made_view h on h.project = $1 and h.target = $2 and h.view_name = c.name
where $4 or h.refreshed_at is null or h.error is not null
order by (select max(depth) from way w where w.top = c.oid), c.name
