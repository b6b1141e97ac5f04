-- Gives declared roles what they may read and takes what they no longer may: only what differs, so that calling it again costs a look. Runs as whoever owns the
-- relations. Returns how many things changed for each role, null for one that is not there. An entry of "read" is a schema, or schema.relation.
create function tributary.keep_grants(roles jsonb) returns table (role_name text, changes int) language plpgsql as $$
declare
    grantee record;
    wanted record;
    found record;
begin
    perform pg_advisory_xact_lock(hashtextextended('tributary keep grants', 0));
    for grantee in select r ->> 'name' as name, array(select jsonb_array_elements_text(r -> 'read')) as reads from jsonb_array_elements(roles) as r loop
        if to_regrole(quote_ident(grantee.name)) is null then
            role_name := grantee.name;
            changes := null;
            return next;
            continue;
        end if;
        role_name := grantee.name;
        changes := 0;
        -- Schemas that are named whole: what is there, and what will be.
        for wanted in select n.oid, n.nspname from pg_namespace n where n.nspname = any (grantee.reads) loop
            if not has_schema_privilege(grantee.name, wanted.oid, 'usage') then
                execute format('grant usage on schema %I to %I', wanted.nspname, grantee.name);
                changes := changes + 1;
            end if;
            if not exists (
                select from pg_default_acl d cross join lateral aclexplode(d.defaclacl) as a
                where d.defaclnamespace = wanted.oid and d.defaclrole = current_user::regrole and d.defaclobjtype = 'r'
                    and a.grantee = to_regrole(quote_ident(grantee.name)) and a.privilege_type = 'SELECT')
            then
                execute format('alter default privileges in schema %I grant select on tables to %I', wanted.nspname, grantee.name);
                changes := changes + 1;
            end if;
        end loop;
        -- Relations that are ours.
        for found in
            select n.nspname, c.relname, c.oid,
                n.nspname = any (grantee.reads) or n.nspname || '.' || c.relname = any (grantee.reads) as is_wanted,
                exists (select from aclexplode(c.relacl) as a where a.grantee = to_regrole(quote_ident(grantee.name))) as is_granted,
                exists (select from aclexplode(c.relacl) as a where a.grantee = to_regrole(quote_ident(grantee.name)) and a.privilege_type <> 'SELECT') as may_more,
                has_table_privilege(grantee.name, c.oid, 'select') as can_read
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relowner = current_user::regrole and n.nspname !~ '^pg_(toast|temp)'
        loop
            if found.is_wanted and not found.can_read then
                if not has_schema_privilege(grantee.name, found.nspname, 'usage') then
                    execute format('grant usage on schema %I to %I', found.nspname, grantee.name);
                    changes := changes + 1;
                end if;
                execute format('grant select on %I.%I to %I', found.nspname, found.relname, grantee.name);
                changes := changes + 1;
            elsif found.is_granted and not found.is_wanted then
                execute format('revoke all on %I.%I from %I', found.nspname, found.relname, grantee.name);
                changes := changes + 1;
            end if;
            if found.is_wanted and found.may_more then
                execute format('revoke insert, update, delete, truncate, references, trigger on %I.%I from %I', found.nspname, found.relname, grantee.name);
                changes := changes + 1;
            end if;
        end loop;
        -- Schemas that are named whole no longer.
        for found in
            select distinct n.nspname
            from pg_default_acl d
            join pg_namespace n on n.oid = d.defaclnamespace
            cross join lateral aclexplode(d.defaclacl) as a
            where d.defaclrole = current_user::regrole and a.grantee = to_regrole(quote_ident(grantee.name)) and n.nspname <> all (grantee.reads)
        loop
            execute format('alter default privileges in schema %I revoke all on tables from %I', found.nspname, grantee.name);
            changes := changes + 1;
        end loop;
        -- Schemas of ours in which nothing is left to read. The control schema's usage belongs to who manages logins.
        for found in
            select n.oid, n.nspname from pg_namespace n
            where n.nspowner = current_user::regrole and n.nspname <> 'tributary'
                and exists (select from aclexplode(n.nspacl) as a where a.grantee = to_regrole(quote_ident(grantee.name)))
                and n.nspname <> all (grantee.reads)
                and not exists (select from unnest(grantee.reads) as entry where split_part(entry, '.', 1) = n.nspname)
        loop
            execute format('revoke all on schema %I from %I', found.nspname, grantee.name);
            changes := changes + 1;
        end loop;
        return next;
    end loop;
end
$$;

-- When each stream was last asked, and what is wrong with it now.
create table tributary.stream_state (
    project text not null,
    target text not null,
    stream text not null,
    lock_name text not null,
    asked_at timestamptz,
    error text,
    failing_since timestamptz,
    failures int not null default 0,
    primary key (project, target, stream)
);

-- One row a stream, for operators: how far behind, how fast, what is wrong. behind_changes is what the source said with the last batch; null where sources do not say.
create view tributary.health as
select
    c.project,
    c.target,
    c.stream,
    l.is_held as following,
    p.pending as behind_changes,
    case when l.is_held and coalesce(p.pending, 0) = 0 and s.error is null then 0
        else round(extract(epoch from clock_timestamp() - greatest(c.updated_at, s.asked_at)))::bigint end as behind_seconds,
    c.updated_at as last_commit,
    c.load as loads,
    w.rows_per_second,
    (select count(*) from tributary_reject.reject r
     where r.project = c.project and r.target = c.target and r.stream = c.stream and r.status = 'open') as open_rejects,
    s.error as last_error,
    s.failing_since,
    s.asked_at
from tributary.checkpoint c
left join tributary.stream_state s using (project, target, stream)
cross join lateral (select case jsonb_typeof(c.position -> 'pending') when 'number' then (c.position ->> 'pending')::bigint end as pending) as p
cross join lateral (
    select exists (
        select from pg_locks held
        where held.locktype = 'advisory' and held.granted and held.objsubid = 1
            and held.database = (select oid from pg_database where datname = current_database())
            and ((held.classid::bigint << 32) | held.objid::bigint) = hashtextextended('tributary load ' || s.lock_name, 0)
    ) as is_held
) as l
cross join lateral (
    -- Rows committed in the minute that ended with the last batch.
    select round(sum((b.counts ->> 'rows')::bigint) / greatest(extract(epoch from max(b.committed_at) - min(b.committed_at)), 1), 1) as rows_per_second
    from tributary.load b
    where b.project = c.project and b.target = c.target and b.stream = c.stream and b.load > c.load - 1000 and b.committed_at > c.updated_at - interval '1 minute'
) as w;

-- Materialized views that people made by hand and the project refreshes.
create table tributary.hand_made_view (
    project text not null,
    target text not null,
    view_name text not null,
    refreshed_at timestamptz,
    error text,
    primary key (project, target, view_name)
);
