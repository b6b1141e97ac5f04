with cut as (
    update {history} o set known_to = {known}
    from pg_temp.tributary_effective n
    where {same_key} and o.known_to = 'infinity' and o.valid_to > {at} and o.valid_from < n.valid_until
    returning o.*
)
insert into {history} ({columns}, valid_from, valid_to, known_from)
select {columns}, valid_from, {at}, {known} from cut where valid_from < {at}
