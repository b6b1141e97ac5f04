-- ($1 the declared roles, as tributary.keep_grants takes them)
select
    r ->> 'name' as role,
    case when to_regrole(quote_ident(r ->> 'name')) is null then 'missing' else 'there' end as is,
    (select string_agg(entry, ', ' order by entry) from jsonb_array_elements_text(r -> 'read') as entry) as reads,
    (select count(*) from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relowner = current_user::regrole
        and to_regrole(quote_ident(r ->> 'name')) is not null and has_table_privilege(to_regrole(quote_ident(r ->> 'name')), c.oid, 'select')) as relations,
    (select string_agg(format('%s until %s', m.rolname, coalesce(to_char(m.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD'), 'ever')), ', ' order by m.rolname)
        from pg_auth_members a join pg_roles m on m.oid = a.member and m.rolcanlogin where a.roleid = to_regrole(quote_ident(r ->> 'name'))) as logins
from jsonb_array_elements($1::jsonb) as r
order by 1
