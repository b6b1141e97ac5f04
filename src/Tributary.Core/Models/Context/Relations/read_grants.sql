-- $1 schema, $2 name → privilege (lower case) and grantee, the owner left out
select lower(acl.privilege_type), case when acl.grantee = 0 then 'public' else acl.grantee::regrole::text end
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join lateral aclexplode(c.relacl) acl
where n.nspname = $1 and c.relname = $2 and acl.grantee <> c.relowner
order by 1, 2
