insert into {history} ({columns}, valid_from, valid_to, known_from)
select {new_columns}, {at}, n.valid_until, {known} from pg_temp.tributary_effective n
