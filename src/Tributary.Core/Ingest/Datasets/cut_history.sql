-- What we knew of an interval ends now; what is left of it on either side of the snapshot's goes on.
with cut as (
    update {history} o set known_to = {known}
    from pg_temp.tributary_changed n
    where {same_key} and o.known_to = 'infinity' and o.valid_from <= {at} and {at} < o.valid_to
    returning o.*
)
insert into {history} ({columns}, valid_from, valid_to, known_from)
select {columns}, valid_from, {at}, {known} from cut where valid_from < {at}
union all
select {columns}, {next}, valid_to, {known} from cut where {next} < valid_to
