-- What became of each drop for each dataset, and what a human said about it.
create table tributary.drop_state (
    project text not null,
    target text not null,
    stream text not null,
    drop_name text not null,
    dropped_at timestamptz not null,
    -- accepted: a human wants it taken as it is; skipped: a human wants it left alone
    state text not null check (state in ('taken', 'passed', 'held', 'accepted', 'skipped')),
    because text,
    signature text not null,
    can_accept boolean not null default true,
    load bigint,
    run_id text,
    decided_by text,
    updated_at timestamptz not null,
    primary key (project, target, stream, drop_name)
);

-- A record that was loaded, but not as it came: a field became NULL, JSON was mended. Its bytes are kept for whoever asks.
alter table tributary_reject.reject drop constraint reject_status_check;
alter table tributary_reject.reject add constraint reject_status_check check (status in ('open', 'released', 'superseded', 'noted'));
