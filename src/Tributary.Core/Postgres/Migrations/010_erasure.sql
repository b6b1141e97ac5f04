-- Whose records are to be gone for good, whatever drop brings them again: what names them, as a salted hash. For every target of the project.
create table tributary.erasure (
    erasure_id bigint generated always as identity primary key,
    project text not null,
    source text not null,
    -- what the value is of: '' the source's subject, else the dataset whose key it is
    space text not null,
    salt bytea not null,
    value_hash bytea not null,
    run_id text not null,
    who text not null,
    reason text,
    erased_at timestamptz not null,
    unique (project, source, space, value_hash)
);

-- A record of an erased subject that could not be loaded: its place stays, its bytes do not.
alter table tributary_reject.reject drop constraint reject_status_check;
alter table tributary_reject.reject add constraint reject_status_check check (status in ('open', 'released', 'superseded', 'noted', 'erased'));
