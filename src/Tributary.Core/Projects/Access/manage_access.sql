-- Roles of the project and the functions with which partners manage logins. Run by a superuser, or printed by `tributary access sql` for one; again at any time.
begin;
select pg_advisory_xact_lock(hashtextextended('tributary manage access', 0));

create temp table declared_role (role_name text, manages text[]) on commit drop;
insert into declared_role values
        {roles};

do $$
begin
    if not exists (select from pg_roles where rolname = 'tributary_access') then
        create role tributary_access nologin createrole;
    end if;
end
$$;

-- Who may hand out what lies where the project's own role cannot write: it could make itself more than it is otherwise.
create schema if not exists tributary_access;
create table if not exists tributary_access.role (
    role_name text primary key,
    project text not null,
    manages text[] not null default '{}'
);
create table if not exists tributary_access.login (
    login_name text primary key,
    role_name text not null,
    made_by text not null,
    made_at timestamptz not null default now(),
    expires_at timestamptz not null
);
-- Rows are only added.
create table if not exists tributary_access.login_event (
    event_id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    who text not null,
    action text not null check (action in ('created', 'expired', 'dropped')),
    login_name text not null,
    role_name text not null,
    expires_at timestamptz
);

do $$
declare
    declared record;
    managed text;
    found record;
begin
    for declared in select * from declared_role loop
        select r.oid, r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls or r.rolcanlogin
                or exists (select from pg_auth_members m where m.member = r.oid) as is_more
        into found from pg_roles r where r.rolname = declared.role_name;
        if found.oid is null then
            execute format('create role %I nologin', declared.role_name);
        elsif found.is_more and not exists (select from tributary_access.role k where k.role_name = declared.role_name) then
            raise exception 'the role % is there already and is more than a role of readers', declared.role_name using hint = 'Give the project''s role another name.';
        end if;
        execute format('grant connect on database %I to %I', current_database(), declared.role_name);
    end loop;
    -- Whoever makes logins hands out these roles and no others.
    for managed in select distinct unnest(manages) from declared_role loop
        execute format('grant %I to tributary_access with admin option', managed);
    end loop;
    grant pg_signal_backend to tributary_access;
end
$$;

delete from tributary_access.role where project = {project};
insert into tributary_access.role (role_name, project, manages) select role_name, {project}, manages from declared_role;

grant usage on schema tributary_access to tributary_access;
grant select on tributary_access.role to tributary_access;
grant select, insert, update, delete on tributary_access.login to tributary_access;
grant insert on tributary_access.login_event to tributary_access;
grant usage on schema tributary to tributary_access;

-- May whoever called manage logins of this role? Raises when not. The session's user counts: what it set itself to does not.
create or replace function tributary.require_manager(wanted_role text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (
        select from tributary_access.role r
        where wanted_role = any (r.manages) and to_regrole(quote_ident(r.role_name)) is not null
            and pg_has_role(session_user, r.role_name, 'member'))
    then
        raise exception 'you may not manage logins of the role %', coalesce(wanted_role, '(none)') using errcode = 'insufficient_privilege';
    end if;
end
$$;

-- A login that ends: reads only, at most twenty sessions. Give the password as a SCRAM verifier where the server logs statements.
create or replace function tributary.create_login(login_name text, role_name text, password text, expires_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform tributary.require_manager(role_name);
    if login_name is null or login_name !~ '^[a-z][a-z0-9_]{2,50}$' or login_name ~ '^(pg_|tributary|postgres$)' then
        raise exception 'a login''s name has 3 to 51 lower-case letters, digits and _, begins with a letter and not with pg_ or tributary' using errcode = 'invalid_parameter_value';
    end if;
    if password is null or length(password) < 12 then
        raise exception 'a password has twelve characters or more' using errcode = 'invalid_password';
    end if;
    if expires_at is null or expires_at <= now() or expires_at > now() + interval '400 days' then
        raise exception 'a login ends within 400 days from now' using errcode = 'invalid_parameter_value';
    end if;
    if exists (select from pg_roles where rolname = create_login.login_name) then
        raise exception 'there is a role of that name already' using errcode = 'duplicate_object';
    end if;
    execute format('create role %I login password %L valid until %L connection limit 20 nosuperuser nocreatedb nocreaterole noreplication nobypassrls',
        create_login.login_name, password, expires_at);
    execute format('grant %I to %I', create_login.role_name, create_login.login_name);
    execute format('alter role %I set default_transaction_read_only = on', create_login.login_name);
    insert into tributary_access.login (login_name, role_name, made_by, expires_at) values (create_login.login_name, create_login.role_name, session_user, create_login.expires_at)
    on conflict on constraint login_pkey do update set role_name = excluded.role_name, made_by = excluded.made_by, made_at = now(), expires_at = excluded.expires_at;
    insert into tributary_access.login_event (who, action, login_name, role_name, expires_at)
    values (session_user, 'created', create_login.login_name, create_login.role_name, create_login.expires_at);
end
$$;

-- Ends a login at a time (now by default, and its sessions with it), or lets it live on: 400 days at most.
create or replace function tributary.expire_login(login_name text, expires_at timestamptz default now()) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    known tributary_access.login;
begin
    select l.* into known from tributary_access.login l where l.login_name = expire_login.login_name for update;
    perform tributary.require_manager(known.role_name);
    if expires_at is null or expires_at > now() + interval '400 days' then
        raise exception 'a login ends within 400 days from now' using errcode = 'invalid_parameter_value';
    end if;
    execute format('alter role %I valid until %L', known.login_name, expire_login.expires_at);
    update tributary_access.login l set expires_at = expire_login.expires_at where l.login_name = known.login_name;
    insert into tributary_access.login_event (who, action, login_name, role_name, expires_at) values (session_user, 'expired', known.login_name, known.role_name, expire_login.expires_at);
    if expire_login.expires_at <= now() then
        perform pg_terminate_backend(a.pid) from pg_stat_activity a where a.usename = known.login_name and a.pid <> pg_backend_pid();
    end if;
end
$$;

create or replace function tributary.drop_login(login_name text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    known tributary_access.login;
begin
    select l.* into known from tributary_access.login l where l.login_name = drop_login.login_name for update;
    perform tributary.require_manager(known.role_name);
    execute format('alter role %I nologin', known.login_name);
    perform pg_terminate_backend(a.pid) from pg_stat_activity a where a.usename = known.login_name and a.pid <> pg_backend_pid();
    execute format('drop role %I', known.login_name);
    delete from tributary_access.login l where l.login_name = known.login_name;
    insert into tributary_access.login_event (who, action, login_name, role_name) values (session_user, 'dropped', known.login_name, known.role_name);
end
$$;

do $$
declare
    signature text;
    declared record;
begin
    foreach signature in array array[
        'tributary.require_manager(text)', 'tributary.create_login(text, text, text, timestamptz)', 'tributary.expire_login(text, timestamptz)', 'tributary.drop_login(text)']
    loop
        execute format('revoke all on function %s from public', signature);
        for declared in select role_name from declared_role where cardinality(manages) = 0 loop
            execute format('revoke all on function %s from %I', signature, declared.role_name);
        end loop;
        for declared in select role_name from declared_role where cardinality(manages) > 0 loop
            execute format('grant execute on function %s to %I', signature, declared.role_name);
        end loop;
    end loop;
    for declared in select role_name from declared_role where cardinality(manages) > 0 loop
        execute format('grant usage on schema tributary, tributary_access to %I', declared.role_name);
        execute format('grant select on tributary_access.login, tributary_access.login_event to %I', declared.role_name);
    end loop;
end
$$;

-- The owner needs the right to create in the schema for the moment in which it becomes owner.
grant create on schema tributary to tributary_access;
alter function tributary.require_manager(text) owner to tributary_access;
alter function tributary.create_login(text, text, text, timestamptz) owner to tributary_access;
alter function tributary.expire_login(text, timestamptz) owner to tributary_access;
alter function tributary.drop_login(text) owner to tributary_access;
revoke create on schema tributary from tributary_access;

commit;
