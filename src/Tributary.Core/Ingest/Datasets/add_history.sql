insert into {history} ({columns}, valid_from, valid_to, known_from)
select {new_columns}, {at}, coalesce({next}, 'infinity'), {known}
from {staging} n
join pg_temp.tributary_changed o on {same_key}
where o.is_there
