-- Statements that give relation ($2 schema, $3 name, $5 kind in words) what relation ($1 oid) has: owner, grants, options, comments,
-- triggers, row security and, when it is rebuilt from its definition ($4 null), indexes. $4 is the oid of the new one: columns that it
-- does not have are left out, and comments of its own stay. search_path must be empty.
with old as (
    select c.*, format('%I.%I', $2::text, $3::text) as target
    from pg_class c
    where c.oid = $1::oid
),
col as (
    select a.attnum, a.attname, a.attacl, new.attnum as new_attnum
    from pg_attribute a
    left join pg_attribute new on new.attrelid = $4::oid and new.attname = a.attname and not new.attisdropped
    where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped and ($4::oid is null or new.attnum is not null)
),
statement (step, place, sql) as (
    select 1, 0, format('alter %s %s owner to %I', $5::text, target, pg_get_userbyid(relowner))
    from old
    where pg_get_userbyid(relowner) <> current_user
    union all
    select 2, 0, format('grant %s on table %s to %s%s', e.privilege_type, target,
                        case e.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(e.grantee)) end,
                        case when e.is_grantable then ' with grant option' else '' end)
    from old, aclexplode(old.relacl) e
    where e.grantee <> old.relowner
    union all
    select 3, col.attnum, format('grant %s (%I) on table %s to %s%s', e.privilege_type, col.attname, target,
                                 case e.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(e.grantee)) end,
                                 case when e.is_grantable then ' with grant option' else '' end)
    from old, col, aclexplode(col.attacl) e
    where e.grantee <> old.relowner
    union all
    select 4, 0, format('comment on %s %s is %L', $5::text, target, obj_description($1::oid, 'pg_class'))
    from old
    where obj_description($1::oid, 'pg_class') is not null and ($4::oid is null or obj_description($4::oid, 'pg_class') is null)
    union all
    select 5, col.attnum, format('comment on column %s.%I is %L', target, col.attname, col_description($1::oid, col.attnum))
    from old, col
    where col_description($1::oid, col.attnum) is not null
        and ($4::oid is null or col_description($4::oid, col.new_attnum) is null)
    union all
    select 6, 0, format('alter table %s set (%s)', target, array_to_string(old.reloptions, ', '))
    from old
    where old.relkind = 'r' and $5::text = 'table' and old.reloptions is not null
        and exists (select 1 from pg_class new where new.oid = $4::oid and new.reloptions is null)
    union all
    select 7, i.indexrelid::bigint::int, pg_get_indexdef(i.indexrelid)
    from pg_index i
    where i.indrelid = $1::oid and $4::oid is null
    union all
    select 8, 0, pg_get_triggerdef(t.oid)
    from old
    join pg_trigger t on t.tgrelid = old.oid and not t.tgisinternal
    where $4::oid is null or old.relkind = (select new.relkind from pg_class new where new.oid = $4::oid)
    union all
    select 9, 0, format('alter table %s %s', target, action)
    from old
    cross join lateral (values (old.relrowsecurity, 'enable row level security'), (old.relforcerowsecurity, 'force row level security')) s (is_on, action)
    where s.is_on
    union all
    select 10, 0, format('create policy %I on %s as %s for %s to %s%s%s', p.polname, target,
                         case when p.polpermissive then 'permissive' else 'restrictive' end,
                         case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
                         (select string_agg(case r when 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ') from unnest(p.polroles) r),
                         ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                         ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    from old
    join pg_policy p on p.polrelid = old.oid
)
select sql from statement order by step, place, sql
