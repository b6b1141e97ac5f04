-- Everything that a run needs of its server and role, in one row.
select current_setting('server_version_num')::int as version,
    current_database()::text as database,
    current_user::text as role,
    coalesce((select rolsuper from pg_roles where rolname = current_user), false) as is_superuser,
    has_database_privilege(current_database(), 'CREATE') as may_create,
    (select count(*) = 2 and bool_and(has_schema_privilege(oid, 'USAGE') and has_schema_privilege(oid, 'CREATE'))
     from pg_namespace where nspname in ('tributary', 'tributary_reject')) as has_control_schemas,
    pg_is_in_recovery() as is_standby,
    current_setting('server_encoding') as encoding
