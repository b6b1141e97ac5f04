-- Jobs: what was due, the steps that workers take, and the lease under which each step writes.

create table tributary.job_run (
    job_run_id bigint generated always as identity primary key,
    project text not null,
    target text not null,
    job text not null,
    -- the instant that made it due; null: somebody asked for it
    due timestamptz,
    cause text not null,
    -- runs of one such name never run at once
    exclusive text not null,
    vars jsonb not null default '{}',
    state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'skipped', 'disabled')),
    because text,
    -- counted from its start
    timeout_seconds double precision,
    -- jobs that are due after this one were told
    followed boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz
);
-- Exactly one run for each due instant, however many schedulers see it.
create unique index job_run_of_instant on tributary.job_run (project, target, job, due) where due is not null;
create unique index job_run_running on tributary.job_run (project, target, exclusive) where state = 'running';
create index job_run_open on tributary.job_run (project, target, due, job_run_id) where state in ('queued', 'running');
create index job_run_newest on tributary.job_run (project, target, job, job_run_id desc);
create index job_run_to_follow on tributary.job_run (project, target) where state = 'succeeded' and not followed;

create table tributary.job_step (
    job_run_id bigint not null references tributary.job_run on delete cascade,
    step int not null,
    -- 0: the step itself; 1 and on: the items of its for_each
    item int not null,
    name text not null,
    vars jsonb not null default '{}',
    state text not null check (state in ('waiting', 'ready', 'running', 'expanded', 'succeeded', 'failed', 'skipped', 'cancelled')),
    runs_after_failure boolean not null default false,
    concurrency int not null default 1,
    attempt int not null default 0,
    -- how often a holder died or fell silent
    lost int not null default 0,
    not_before timestamptz,
    -- counts up with every holder: whoever writes under an older number is refused
    fence bigint not null default 0,
    holder text,
    lease_until timestamptz,
    run_id text,
    because text,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (job_run_id, step, item)
);
create index job_step_open on tributary.job_step (job_run_id) where state in ('ready', 'running');

-- How far each job's schedules were looked at.
create table tributary.job_schedule (
    project text not null,
    target text not null,
    job text not null,
    schedule text not null,
    seen_until timestamptz not null,
    primary key (project, target, job, schedule)
);

-- A session that works for a step says so (startup option tributary.lease: run.step.item.fence). Whatever it writes of the ledger is refused once
-- somebody else holds the step, in the transaction that would have committed it: docs/decisions/038-fenced-steps.md.
create function tributary.require_lease() returns trigger language plpgsql as $$
declare
    part constant text[] := string_to_array(nullif(current_setting('tributary.lease', true), ''), '.');
begin
    if part is null then
        return null;
    end if;
    -- The row's lock is kept to the end of the transaction: nobody takes the step over while it commits.
    perform 1
    from tributary.job_step s
    where s.job_run_id = part[1]::bigint and s.step = part[2]::int and s.item = part[3]::int
      and s.fence = part[4]::bigint and s.state = 'running'
    for key share;
    if not found then
        raise exception 'the lease of this step is lost: another worker holds it, or the run was cancelled' using errcode = 'TRL01';
    end if;
    return null;
end
$$;

do $$
declare
    fenced text;
begin
    foreach fenced in array array['run', 'step', 'checkpoint', 'load', 'loaded_file', 'success', 'cursor', 'metric_version', 'delivery', 'drop_state'] loop
        execute format(
            'create trigger under_lease before insert or update or delete on tributary.%I for each statement execute function tributary.require_lease()', fenced);
    end loop;
end
$$;

-- One row for each thing that somebody was told of: a job that fails, a stream that is late.
create table tributary.alert (
    project text not null,
    target text not null,
    subject text not null,
    state text not null check (state in ('open', 'recovered')),
    message text not null,
    since timestamptz not null,
    told_at timestamptz,
    tries int not null default 0,
    primary key (project, target, subject)
);
