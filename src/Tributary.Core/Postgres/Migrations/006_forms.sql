-- Every version of the definition of every form that a stream brought, in the order in which it was seen; or why it cannot be read.
create table tributary.form_version (
    project text not null,
    target text not null,
    stream text not null,
    form text not null,
    version int not null,
    definition jsonb not null,
    seen_at timestamptz not null,
    primary key (project, target, stream, form, version)
);

create table tributary.form_problem (
    project text not null,
    target text not null,
    stream text not null,
    document text not null,
    form text not null,
    problem text not null,
    seen_at timestamptz not null,
    primary key (project, target, stream, document, form)
);

-- What stands in answers and is not known; null when all of it is. Known names are keys: with an object below where they are groups.
create function tributary.form_rest(answers jsonb, known jsonb) returns jsonb language sql immutable parallel safe as $$
    select jsonb_object_agg(r.key, r.rest)
    from (
        select a.key,
            case
                when not known ? a.key then a.value
                when jsonb_typeof(known -> a.key) = 'object' and jsonb_typeof(a.value) = 'object' then tributary.form_rest(a.value, known -> a.key)
            end as rest
        from jsonb_each(case jsonb_typeof(answers) when 'object' then answers else '{}' end) as a
    ) as r
    where r.rest is not null
$$;
