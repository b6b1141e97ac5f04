alter table {history}
    add column valid_from timestamptz not null,
    add column valid_to timestamptz not null default 'infinity',
    add column known_from timestamptz not null,
    add column known_to timestamptz not null default 'infinity',
    add column _row bigint generated always as identity primary key,
    add check (valid_from < valid_to),
    add check (known_from < known_to);
create index on {history} ({key}, valid_from) where known_to = 'infinity';
create function {as_of}(valid timestamptz default 'infinity', known timestamptz default 'infinity')
returns setof {history} language sql stable as $$
    -- The end of what still holds is infinity, and infinity as a question means "now".
    select h.* from {history} h
    where h.valid_from <= valid and (valid < h.valid_to or h.valid_to = 'infinity')
      and h.known_from <= known and (known < h.known_to or h.known_to = 'infinity')
$$;
comment on table {history} is 'Every version of every record: valid_from/valid_to say between which drops it was true, known_from/known_to when we knew it so.';
comment on function {as_of} is 'The records that were true at the first instant, as they were known at the second; without an instant: the latest.'
