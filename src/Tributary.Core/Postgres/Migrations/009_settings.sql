-- Values that operators change at run time, and every change with who and when.

create table tributary.setting (
    project text not null,
    target text not null,
    name text not null,
    value jsonb not null,
    changed_by text not null,
    changed_at timestamptz not null,
    primary key (project, target, name)
);

create table tributary.setting_change (
    change_id bigint generated always as identity primary key,
    project text not null,
    target text not null,
    name text not null,
    before jsonb,
    after jsonb,
    changed_by text not null,
    changed_at timestamptz not null
);
create index setting_change_of on tributary.setting_change (project, target, name, change_id desc);
