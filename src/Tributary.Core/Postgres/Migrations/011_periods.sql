-- Published periods of models that are built period by period; written in the transaction that publishes the rows.
create table tributary.period (
    project text not null,
    target text not null,
    node text not null,
    first_day date not null,
    end_day date not null,
    label text not null,
    version int not null,
    rows bigint not null,
    digest text not null,
    fingerprint text not null,
    run_id text not null,
    as_of timestamptz not null,
    published_at timestamptz not null,
    primary key (project, target, node, first_day)
);
