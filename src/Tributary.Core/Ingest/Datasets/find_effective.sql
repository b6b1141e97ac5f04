-- The records of a delta that are newer than what was true at its instant, and until when: the first later version that is as new or newer.
create temp table tributary_effective on commit drop as
select {new_columns}, coalesce(later.valid_from, 'infinity') as valid_until
from {delta} n
left join {history} o on {same_key} and o.known_to = 'infinity' and o.valid_from <= {at} and {at} < o.valid_to
left join lateral (
    select min(o.valid_from) as valid_from
    from {history} o
    where {same_key} and o.known_to = 'infinity' and o.valid_from > {at} and ({old_order}) >= ({new_order})
) later on true
where o._row is null or (({new_order}) >= ({old_order}) and not ({same}))
