-- The control schema: one ledger over loads, models, tests, exports and deliveries.
-- Rows carry (project, target), so that several projects and developers share one warehouse.

create table tributary.run (
    run_id text primary key,
    project text not null,
    target text not null,
    verb text not null,
    arguments jsonb not null default '{}',
    as_of timestamptz not null,
    commit text,
    program_version text not null,
    host text not null,
    process_id int not null,
    os_user text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status text not null default 'running' check (status in ('running', 'succeeded', 'failed', 'interrupted', 'abandoned')),
    message text
);
create index run_of_project on tributary.run (project, target, started_at desc);

create table tributary.step (
    run_id text not null references tributary.run on delete cascade,
    node text not null,
    kind text not null,
    outcome text not null check (outcome in ('succeeded', 'warned', 'failed', 'skipped')),
    because text,
    counts jsonb not null default '{}',
    started_at timestamptz not null,
    finished_at timestamptz not null,
    primary key (run_id, node)
);
create index step_of_node on tributary.step (node, finished_at desc);

-- Where the next load of a stream goes on. Its row is locked by the transaction that writes the rows,
-- so the load number is gapless and no clock orders anything.
create table tributary.checkpoint (
    project text not null,
    target text not null,
    stream text not null,
    load bigint not null default 0,
    position jsonb not null default '{}',
    updated_at timestamptz not null,
    primary key (project, target, stream)
);

-- One row a committed batch.
create table tributary.load (
    project text not null,
    target text not null,
    stream text not null,
    load bigint not null,
    run_id text not null,
    counts jsonb not null,
    position jsonb not null,
    committed_at timestamptz not null,
    primary key (project, target, stream, load)
);

-- Files that are known by name, size and hash: a file already loaded is not loaded again, a changed one is.
create table tributary.loaded_file (
    project text not null,
    target text not null,
    stream text not null,
    file text not null,
    bytes bigint not null,
    sha256 bytea not null,
    lines bigint not null,
    rows bigint not null,
    rejects bigint not null,
    load bigint not null,
    loaded_at timestamptz not null,
    primary key (project, target, stream, file)
);

-- The last success of a node: what went in (fingerprint), what came out (relation), what it reads (functions).
create sequence tributary.success_id;
create table tributary.success (
    project text not null,
    target text not null,
    node text not null,
    success_id bigint not null default nextval('tributary.success_id'),
    fingerprint text not null,
    relation_oid oid,
    relation_file oid,
    reads jsonb,
    stale boolean not null default false,
    run_id text not null,
    as_of timestamptz not null,
    succeeded_at timestamptz not null,
    primary key (project, target, node)
);

-- How far a node has seen a stream; advances in the node's own commit.
create table tributary.cursor (
    project text not null,
    target text not null,
    node text not null,
    stream text not null,
    load bigint not null,
    primary key (project, target, node, stream)
);

create table tributary.metric_version (
    project text not null,
    target text not null,
    metric text not null,
    version int not null,
    fingerprint text not null,
    first_run_id text not null,
    first_seen_at timestamptz not null,
    primary key (project, target, metric, version)
);

create table tributary.delivery (
    delivery_id bigint generated always as identity primary key,
    project text not null,
    target text not null,
    run_id text not null,
    export text not null,
    track text not null,
    destination text not null,
    name text not null,
    bytes bigint not null,
    sha256 bytea not null,
    rows bigint not null,
    fingerprint text not null,
    manifest jsonb not null,
    as_of timestamptz not null,
    delivered_at timestamptz not null,
    removed_at timestamptz
);
create index delivery_of_export on tributary.delivery (project, target, export, delivered_at desc);

-- Append-only and hash-chained: every row carries the hash of the one before.
create table tributary.audit (
    sequence bigint primary key,
    at timestamptz not null,
    project text not null,
    target text not null,
    run_id text,
    who text not null,
    action text not null,
    detail text not null,
    previous_hash bytea not null,
    hash bytea not null
);

create function tributary.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'tributary.audit is append-only: % is refused', tg_op;
end
$$;
create trigger audit_is_append_only before update or delete or truncate on tributary.audit
    for each statement execute function tributary.refuse_change();

-- Bytes that could not be loaded may hold personal data: a schema of their own, which no analyst's role needs.
create table tributary_reject.reject (
    reject_id bigint generated always as identity primary key,
    project text not null,
    target text not null,
    stream text not null,
    load bigint not null,
    run_id text not null,
    file text,
    line bigint,
    byte_offset bigint,
    length bigint not null,
    reason text not null,
    detail text not null,
    bytes bytea not null,
    status text not null default 'open' check (status in ('open', 'released', 'superseded')),
    rejected_at timestamptz not null,
    released_at timestamptz
);
create index reject_of_stream on tributary_reject.reject (project, target, stream, status);
