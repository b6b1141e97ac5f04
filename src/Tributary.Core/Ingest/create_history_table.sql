create table {history} (
    {id} text not null,
    {document} jsonb {compression} not null,
    {loaded_at} timestamptz not null,
    _version text,
    _last_updated timestamptz,
    _load bigint not null,
    _deleted boolean not null,
    _hash bytea not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null default 'infinity',
    known_from timestamptz not null,
    known_to timestamptz not null default 'infinity',
    _row bigint generated always as identity primary key,
    check (valid_from <= valid_to),
    check (known_from < known_to)
);
create index on {history} ({id}) where known_to = 'infinity';
create function {as_of}(valid timestamptz default 'infinity', known timestamptz default 'infinity')
returns setof {history} language sql stable as $$
    -- The end of what still holds is infinity, and infinity as a question means "now".
    select h.* from {history} h
    where h.valid_from <= valid and (valid < h.valid_to or (h.valid_to = 'infinity' and h.valid_from < h.valid_to))
      and h.known_from <= known and (known < h.known_to or h.known_to = 'infinity')
      and not h._deleted
$$;
comment on table {history} is 'Every version of every record: valid_from/valid_to say when it was true, known_from/known_to when we knew it so.';
comment on function {as_of} is 'The records that were true at the first instant, as they were known at the second; without an instant: the latest.';
