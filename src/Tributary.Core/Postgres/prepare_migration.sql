-- Runs first in the transaction of every migration. The lock's key is arbitrary and the same in every version.
select pg_advisory_xact_lock(6071020110001);
create schema if not exists tributary;
create schema if not exists tributary_reject;
revoke all on schema tributary, tributary_reject from public;
create table if not exists tributary.schema_version (
    version int primary key,
    name text not null,
    program_version text not null,
    applied_at timestamptz not null default now()
);
