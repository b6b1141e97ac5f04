alter table {table}
    add column if not exists _version text,
    add column if not exists _last_updated timestamptz,
    add column if not exists _load bigint not null default 0,
    add column if not exists _deleted boolean not null default false,
    add column if not exists _hash bytea
