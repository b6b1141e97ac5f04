create table {table} (
    {id} text not null,
    {document} jsonb {compression} not null,
    {loaded_at} timestamptz not null,
    _version text,
    _last_updated timestamptz,
    _load bigint not null,
    _deleted boolean not null default false,
    _hash bytea{source_column}
)
